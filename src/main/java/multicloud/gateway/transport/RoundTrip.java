package multicloud.gateway.transport;

import java.io.IOException;
import java.io.InputStream;
import multicloud.gateway.http.Body;
import multicloud.gateway.http.BodyFailure;
import multicloud.gateway.http.Failure;
import multicloud.gateway.http.Response;
import multicloud.gateway.http1.MalformedException;
import org.apache.hc.core5.http.HttpException;

/**
 * One request and its answer on one connection. The answer is read as it comes, also while the request is still being sent; the
 * connection is given back when both have come to their end.
 */
final class RoundTrip {
    private static final int MOST_INTERIM = 8;
    private static final int FIRST_ERROR = 400;

    private final String method;
    private final Http1Connection connection;
    private final Lease lease;
    private final Sending sending;
    private int interim;
    private boolean awaited;
    private long keepMillis;

    RoundTrip(Call call, OutgoingRequest request, Http1Connection connection, Lease lease, Watchdog watchdog) {
        this.method = call.request().method();
        this.connection = connection;
        this.lease = lease;
        RequestWriter writer =
                new RequestWriter(connection, request, call.request().body());
        this.sending = new Sending(writer, connection, call, watchdog);
    }

    /** Ends with an answer, which holds the lease until its body is read, or with a closed connection. */
    Outcome run() {
        connection.parser().restart();
        boolean answered = false;
        try {
            sending.start();
            Response response = response(head());
            answered = true;
            return new Outcome.Answered(response);
        } catch (BodyFailure e) {
            return failed(Stage.SEND, e.failure(), e);
        } catch (IOException | HttpException e) {
            return failed(e);
        } finally {
            if (!answered) {
                breakOff();
            }
        }
    }

    /** Whether anything of an answer has come. */
    boolean hasAnswer() {
        return connection.parser().begun();
    }

    private Outcome.Failed failed(Exception e) {
        boolean malformed = e instanceof MalformedException || e instanceof HttpException;
        IOException unsent = malformed ? null : sending.problem();
        if (unsent != null) {
            unsent.addSuppressed(e);
            return failed(Stage.SEND, sending.failureOf(unsent), unsent);
        }
        Stage stage = !sending.isWhole() ? Stage.SEND : hasAnswer() ? Stage.HEAD : Stage.FIRST_BYTE;
        return failed(stage, sending.failureOfRead(e), e instanceof IOException io ? io : new IOException(e));
    }

    /** What is being sent ends with the connection: only then is it known whether anything was. */
    private Outcome.Failed failed(Stage stage, Failure failure, IOException cause) {
        breakOff();
        return new Outcome.Failed(stage, failure, sending.hasSent(), cause);
    }

    private ResponseHead head() throws IOException, HttpException {
        while (true) {
            ResponseHead head = connection.receive();
            if (head.getCode() == 101 || (head.getCode() < 200 && ++interim > MOST_INTERIM)) {
                throw new MalformedException("an interim answer that was not asked for");
            }
            if (head.getCode() >= 200) {
                return head;
            }
        }
    }

    /**
     * An error means that the peer wants no more of the request (RFC 9112, section 9.5). So does the end of an answer with which the
     * connection ends; until then that may be made of what is still being sent.
     */
    private Response response(ResponseHead head) throws IOException {
        sending.answered();
        long framing = head.framing(method);
        boolean error = head.getCode() >= FIRST_ERROR;
        if (error) {
            sending.stop();
        }
        boolean persistent = head.isPersistent() && framing != ResponseHead.UNTIL_CLOSE && !isPerhapsFollowed();
        keepMillis = persistent ? head.keepMillis() : 0;
        awaited = persistent && !error;
        return new Response(head.getCode(), head.fields(), body(framing));
    }

    /** Some peers send a body to HEAD all the same, which would be taken for the next answer. */
    private boolean isPerhapsFollowed() {
        return method.equals("HEAD");
    }

    private Body body(long framing) throws IOException {
        if (framing == ResponseHead.NO_BODY || framing == 0) {
            finish();
            return framing == 0 ? Body.empty() : Body.absent();
        }
        InputStream content = connection.content(framing);
        if (framing > 0 && framing <= connection.parser().buffered()) {
            Body body = Body.of(content.readNBytes((int) framing));
            finish();
            return body;
        }
        return Body.streamed(new ResponseBody(content, framing, this), Math.max(-1, framing));
    }

    /** Whether the end of the answer is not yet the end of the call, since the rest of the request is still to be sent. */
    boolean isAwaitingRequest() {
        return awaited && !sending.isOver();
    }

    /**
     * Gives the connection back, after the end of the answer and as soon as the request has come to its own.
     *
     * @throws BodyFailure when the request's body could not be read; the connection is closed
     */
    void finish() throws BodyFailure {
        boolean finished = false;
        try {
            if (awaited) {
                sending.await();
            }
            lease.keep(connection, sending.isWhole() ? keepMillis : 0);
            finished = true;
        } finally {
            if (!finished) {
                giveUp();
            }
        }
    }

    /** Ends the call before the end of its answer; whoever still sends its request learns that by its connection. */
    void giveUp() {
        breakOff();
        lease.end();
    }

    private void breakOff() {
        sending.stop();
        connection.close();
    }

    /** What has broken the answer's content off: the client, where the connection was closed because its body could not be read. */
    BodyFailure failureOf(IOException e) {
        return sending.problem() instanceof BodyFailure unreadable
                ? unreadable
                : new BodyFailure(sending.failureOfRead(e), e);
    }

    /** Whether an end of the connection may not be the peer's. */
    boolean isTruncated() {
        return connection.isTruncated();
    }
}
