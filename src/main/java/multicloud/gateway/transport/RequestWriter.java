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

/** Writes one request to a connection. Used by one thread; another may {@link #stop} it. */
final class RequestWriter {
    private static final int PIECE = 16 * 1024;

    private final Http1Connection connection;
    private final OutgoingRequest request;
    private final Body body;
    private volatile boolean stopped;
    private volatile boolean waiting;

    RequestWriter(Http1Connection connection, OutgoingRequest request, Body body) {
        this.connection = connection;
        this.request = request;
        this.body = body;
    }

    /** Whether the peer may stop reading before the end: the body is more than its socket takes unread, or comes when it comes. */
    boolean isLong() {
        return !body.isBuffered() || body.length() > Http1Connection.BUFFER;
    }

    /** Has a long body end before its next piece: the peer wants no more of it. */
    void stop() {
        stopped = true;
    }

    /** Whether it waits for the next piece of a body that somebody else has to send, or has waited for one that never came. */
    boolean isWaiting() {
        return waiting && !body.isBuffered();
    }

    /**
     * Sends all of it.
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
        flushUnlessThere(source, out);
        while (left > 0) {
            stopIfTold();
            int count = read(source, piece, (int) Math.min(left, PIECE));
            if (count < 0) {
                if (body.length() >= 0) {
                    throw unreadable(new EOFException("the body is shorter than was said"));
                }
                return;
            }
            stopIfTold();
            out.write(piece, 0, count);
            out.flush();
            left -= count;
        }
    }

    /** The head must not wait for a body whose sender may want the answer's head first. */
    private static void flushUnlessThere(InputStream source, OutputStream out) throws IOException {
        boolean there;
        try {
            there = source.available() > 0;
        } catch (IOException e) {
            throw unreadable(e);
        }
        if (!there) {
            out.flush();
        }
    }

    private void stopIfTold() throws IOException {
        if (stopped) {
            throw new IOException("the peer wants no more of the body");
        }
    }

    private int read(InputStream source, byte[] piece, int length) throws BodyFailure {
        waiting = true;
        int count;
        try {
            count = source.read(piece, 0, length);
        } catch (IOException e) {
            throw unreadable(e);
        }
        waiting = false;
        return count;
    }

    private static BodyFailure unreadable(IOException e) {
        return e instanceof BodyFailure failure ? failure : new BodyFailure(Failure.MALFORMED_REQUEST, e);
    }
}
