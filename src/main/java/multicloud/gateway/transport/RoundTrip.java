package multicloud.gateway.transport;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import multicloud.gateway.http.Body;
import multicloud.gateway.http.BodyFailure;
import multicloud.gateway.http.Deadline;
import multicloud.gateway.http.Failure;
import multicloud.gateway.http.Response;
import multicloud.gateway.http1.MalformedException;
import org.apache.hc.core5.http.HttpException;
import org.jspecify.annotations.Nullable;

/** One request and its answer on one connection. */
final class RoundTrip implements RequestWriter.Answer {
    private static final int MOST_INTERIM = 8;
    /** An answer to a request that could not be sent to its end has been there before, or is on its way. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final Call call;
    private final OutgoingRequest request;
    private final Deadline total;
    private final Http1Connection connection;
    private final Lease lease;
    private final Watchdog watchdog;
    private final Wire wire;
    private final long sentBefore;
    private final long idleNanos;
    private Stage stage = Stage.SEND;
    private boolean complete = true;
    private int interim;
    private @Nullable Failure sending;

    RoundTrip(
            Call call,
            OutgoingRequest request,
            Deadline total,
            Http1Connection connection,
            Lease lease,
            Watchdog watchdog) {
        this.call = call;
        this.request = request;
        this.total = total;
        this.connection = connection;
        this.lease = lease;
        this.watchdog = watchdog;
        this.wire = connection.wire();
        this.sentBefore = wire.out().sent();
        this.idleNanos = call.timeouts().idle().toNanos();
    }

    /** Ends with an answer, which holds the lease until its body is read, or with a closed connection. */
    Outcome run() {
        connection.parser().restart();
        boolean answered = false;
        try {
            ResponseHead early = send();
            ResponseHead head = early != null ? early : await(call.timeouts().firstByte());
            Response response = response(head);
            answered = true;
            return new Outcome.Answered(response);
        } catch (BodyFailure e) {
            return failed(e.failure(), e);
        } catch (IOException e) {
            return failed(stage == Stage.SEND && sending != null ? sending : connection.failureOf(e), e);
        } catch (HttpException e) {
            return failed(Failure.UPSTREAM_MALFORMED, new IOException(e));
        } finally {
            if (!answered) {
                connection.close();
            }
        }
    }

    /** Whether anything of an answer has come. */
    boolean hasAnswer() {
        return connection.parser().begun();
    }

    boolean hasSent() {
        return wire.out().sent() > sentBefore;
    }

    private Outcome.Failed failed(Failure failure, IOException cause) {
        boolean inHead = stage == Stage.FIRST_BYTE && hasAnswer();
        return new Outcome.Failed(inHead ? Stage.HEAD : stage, failure, hasSent(), cause);
    }

    private @Nullable ResponseHead send() throws IOException, HttpException {
        wire.within(total, idleNanos);
        RequestWriter writer =
                new RequestWriter(connection, request, call.request().body(), this);
        boolean watched = writer.isLong() || connection.isPerhapsFull();
        connection.sentMuch(writer.isLong());
        try (Watch _ = watched ? watchdog.watch(wire.out(), idleNanos) : null) {
            writer.send();
            return writer.early();
        } catch (BodyFailure e) {
            throw e;
        } catch (IOException e) {
            complete = false;
            sending = connection.failureOf(e);
            ResponseHead answer = writer.early() != null ? writer.early() : answerDespite(e);
            if (answer == null) {
                throw e;
            }
            return answer;
        }
    }

    /** A peer that answers and stops reading is to be heard, even though the request did not get through. */
    private @Nullable ResponseHead answerDespite(IOException e) {
        boolean nothingThere = sending == Failure.UPSTREAM_MALFORMED || !hasSent();
        try {
            if (nothingThere || (wire.expired() && wire.in().available() == 0)) {
                return null;
            }
            Duration wait = call.timeouts().firstByte();
            return await(wait.compareTo(GRACE) < 0 ? wait : GRACE);
        } catch (IOException | HttpException reading) {
            e.addSuppressed(reading);
            stage = Stage.SEND;
            return null;
        }
    }

    private ResponseHead await(Duration firstByte) throws IOException, HttpException {
        stage = Stage.FIRST_BYTE;
        wire.within(total.orAfter(firstByte), WireInput.NO_IDLE_LIMIT);
        while (true) {
            ResponseHead head = read();
            if (head.getCode() >= 200) {
                return head;
            }
        }
    }

    /** The next head, an interim one too. */
    @Override
    public ResponseHead read() throws IOException, HttpException {
        ResponseHead head = connection.receive();
        if (head.getCode() == 101 || (head.getCode() < 200 && ++interim > MOST_INTERIM)) {
            throw new MalformedException("an interim answer that was not asked for");
        }
        return head;
    }

    private Response response(ResponseHead head) throws IOException {
        long framing = head.framing(call.request().method());
        long keepMillis = complete && framing != ResponseHead.UNTIL_CLOSE ? head.keepMillis() : 0;
        return new Response(head.getCode(), head.fields(), body(framing, keepMillis));
    }

    private Body body(long framing, long keepMillis) throws IOException {
        if (framing == ResponseHead.NO_BODY || framing == 0) {
            lease.keep(connection, keepMillis);
            return framing == 0 ? Body.empty() : Body.absent();
        }
        wire.within(total, idleNanos);
        InputStream content = connection.content(framing);
        if (framing > 0 && framing <= connection.parser().buffered()) {
            Body body = Body.of(content.readNBytes((int) framing));
            lease.keep(connection, keepMillis);
            return body;
        }
        return Body.streamed(new ResponseBody(content, framing, connection, lease, keepMillis), Math.max(-1, framing));
    }
}
