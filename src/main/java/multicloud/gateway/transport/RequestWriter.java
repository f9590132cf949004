package multicloud.gateway.transport;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import multicloud.gateway.http.Body;
import multicloud.gateway.http.BodyFailure;
import multicloud.gateway.http.Failure;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.EntityTemplate;
import org.jspecify.annotations.Nullable;

/** Sends one request, and looks between the pieces of a large body whether the peer has answered already. */
final class RequestWriter {
    private static final int PIECE = 16 * 1024;
    private static final int FIRST_ERROR = 400;

    /** Reads the answer that has begun. */
    @FunctionalInterface
    interface Answer {
        ResponseHead read() throws IOException, HttpException;
    }

    private final Http1Connection connection;
    private final OutgoingRequest request;
    private final Body body;
    private final Answer answer;
    private @Nullable ResponseHead early;

    RequestWriter(Http1Connection connection, OutgoingRequest request, Body body, Answer answer) {
        this.connection = connection;
        this.request = request;
        this.body = body;
        this.answer = answer;
    }

    /** Whether the peer may stop reading before the end: the body is more than its socket takes unread. */
    boolean isLong() {
        return !body.isReplayable() || body.length() > Http1Connection.BUFFER;
    }

    /** The answer that came before the request's end, if one did. */
    @Nullable
    ResponseHead early() {
        return early;
    }

    /**
     * Sends all of it, or as much as the peer wants.
     *
     * @throws BodyFailure when the body cannot be read; the peer cannot take what it got for the whole
     */
    void send() throws IOException, HttpException {
        long length = request.length();
        boolean empty = length == 0 || length == ResponseHead.NO_BODY;
        request.setEntity(empty ? null : new EntityTemplate(length, null, null, this::copy));
        connection.sendRequestHeader(request);
        connection.sendRequestEntity(request);
        connection.flush();
    }

    /** HttpCore ends a chunked body properly whatever happens here, so nothing more may go out unless all of it has. */
    private void copy(OutputStream out) throws IOException {
        boolean whole = false;
        try {
            if (isLong()) {
                copyInPieces(out);
            } else {
                body.stream().transferTo(out);
            }
            whole = true;
        } finally {
            if (!whole) {
                connection.wire().out().stop();
            }
        }
    }

    private void copyInPieces(OutputStream out) throws IOException {
        byte[] piece = new byte[PIECE];
        InputStream source = body.stream();
        long left = body.length() < 0 ? Long.MAX_VALUE : body.length();
        while (left > 0) {
            int count = read(source, piece, (int) Math.min(left, PIECE));
            if (count < 0) {
                if (body.length() >= 0) {
                    throw unreadable(new EOFException("the body is shorter than was said"));
                }
                return;
            }
            stopIfRefused();
            out.write(piece, 0, count);
            out.flush();
            left -= count;
        }
    }

    private static int read(InputStream source, byte[] piece, int length) throws BodyFailure {
        try {
            return source.read(piece, 0, length);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private static BodyFailure unreadable(IOException e) {
        return e instanceof BodyFailure failure ? failure : new BodyFailure(Failure.MALFORMED_REQUEST, e);
    }

    /** An error, or an answer that ends the connection, means that the peer wants no more of the body (RFC 9112, section 9.3). */
    private void stopIfRefused() throws IOException {
        if (early != null || !connection.isAnswering()) {
            return;
        }
        ResponseHead head = readEarly();
        if (head.getCode() >= 200) {
            early = head;
            if (head.getCode() >= FIRST_ERROR || !head.isPersistent()) {
                throw new IOException("the peer wants no more of the body");
            }
        }
    }

    private ResponseHead readEarly() throws IOException {
        try {
            return answer.read();
        } catch (HttpException e) {
            throw new IOException(e);
        }
    }
}
