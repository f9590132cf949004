package multicloud.gateway.transport;

import java.io.IOException;
import java.io.InputStream;
import multicloud.gateway.http.BodyFailure;
import multicloud.gateway.http.Failure;
import org.jspecify.annotations.Nullable;

/**
 * The content of a response as it comes. Reading its last byte gives the connection back, closing it before closes the connection.
 * While the request is still being sent, the end waits for that: it is read, or the content closed behind its last byte, only then.
 * Whatever breaks it off is a {@link BodyFailure}.
 */
final class ResponseBody extends InputStream {
    private final InputStream content;
    private final RoundTrip trip;
    private final boolean untilClose;
    private long left;
    private boolean ended;
    private @Nullable BodyFailure broken;

    /** @param framing the length in bytes, or how else the end is told */
    ResponseBody(InputStream content, long framing, RoundTrip trip) {
        this.content = content;
        this.trip = trip;
        this.untilClose = framing == ResponseHead.UNTIL_CLOSE;
        this.left = framing >= 0 ? framing : Long.MAX_VALUE;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        if (broken != null) {
            throw broken;
        }
        if (ended || length == 0) {
            return ended ? -1 : 0;
        }
        int count = left == 0 ? -1 : readContent(bytes, from, length);
        if (count < 0 || (left == 0 && !trip.isAwaitingRequest())) {
            end();
        }
        return count;
    }

    private int readContent(byte[] bytes, int from, int length) throws BodyFailure {
        try {
            int count = content.read(bytes, from, length);
            if (count < 0 && untilClose && trip.isTruncated()) {
                throw new BodyFailure(Failure.UPSTREAM_RESET);
            }
            left -= Math.max(0, count);
            return count;
        } catch (IOException e) {
            throw broken(e instanceof BodyFailure failure ? failure : trip.failureOf(e));
        }
    }

    private void end() throws BodyFailure {
        try {
            trip.finish();
            ended = true;
        } catch (BodyFailure e) {
            throw broken(e);
        }
    }

    @Override
    public int available() throws IOException {
        boolean mayWait = ended || broken != null || trip.isAwaitingRequest();
        return mayWait ? 0 : content.available();
    }

    private BodyFailure broken(BodyFailure failure) {
        broken = failure;
        trip.giveUp();
        return failure;
    }

    @Override
    public void close() {
        if (ended || broken != null) {
            return;
        }
        if (left > 0) {
            broken(new BodyFailure(Failure.UPSTREAM_RESET, new IOException("the body has been closed")));
            return;
        }
        try {
            end();
        } catch (BodyFailure e) {
            // All of the answer has been read, and nobody asks for more.
        }
    }
}
