package multicloud.gateway.transport;

import java.io.IOException;
import java.io.InputStream;
import multicloud.gateway.http.BodyFailure;
import multicloud.gateway.http.Failure;
import org.jspecify.annotations.Nullable;

/**
 * The content of a response as it comes. Reading its last byte gives the connection back, closing it before closes the connection.
 * Whatever breaks it off is a {@link BodyFailure}.
 */
final class ResponseBody extends InputStream {
    private final InputStream content;
    private final Http1Connection connection;
    private final Lease lease;
    private final long keepMillis;
    private final boolean untilClose;
    private long left;
    private boolean ended;
    private @Nullable BodyFailure broken;

    /**
     * @param framing the length in bytes, or how else the end is told
     * @param keepMillis for how long the connection may be kept afterwards; 0 when it may not
     */
    ResponseBody(InputStream content, long framing, Http1Connection connection, Lease lease, long keepMillis) {
        this.content = content;
        this.connection = connection;
        this.lease = lease;
        this.keepMillis = keepMillis;
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
        try {
            int count = content.read(bytes, from, length);
            if (count < 0 && untilClose && connection.isTruncated()) {
                throw broken(Failure.UPSTREAM_RESET, null);
            }
            left -= Math.max(0, count);
            if (count < 0 || left == 0) {
                ended = true;
                lease.keep(connection, keepMillis);
            }
            return count;
        } catch (BodyFailure e) {
            throw e;
        } catch (IOException e) {
            throw broken(connection.failureOf(e), e);
        }
    }

    @Override
    public int available() throws IOException {
        return ended || broken != null ? 0 : content.available();
    }

    private BodyFailure broken(Failure failure, @Nullable IOException cause) {
        BodyFailure failed = new BodyFailure(failure, cause);
        broken = failed;
        connection.close();
        lease.end();
        return failed;
    }

    @Override
    public void close() {
        if (!ended && broken == null) {
            broken(Failure.UPSTREAM_RESET, new IOException("the body has been closed"));
        }
    }
}
