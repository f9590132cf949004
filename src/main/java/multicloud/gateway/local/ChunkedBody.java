package multicloud.gateway.local;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import multicloud.gateway.http.Failure;
import multicloud.gateway.http.Headers;
import org.apache.hc.core5.http.io.SessionInputBuffer;

/**
 * The content of a chunked request (RFC 9112, section 7.1). HttpCore's own decoder takes signs and spaces around chunk sizes and a
 * lone LF behind them, which is what request smuggling is made of. Extensions and trailers are bounded, checked and dropped.
 */
final class ChunkedBody extends InputStream {
    private static final int LONGEST_SIZE_LINE = 1024;
    private static final int LARGEST_TRAILERS = 16 * 1024;
    private static final int MOST_SIZE_DIGITS = 15;

    private final SessionInputBuffer buffer;
    private final InputStream in;
    private final LineReader lines;
    private long left;
    private boolean first = true;
    private boolean ended;

    ChunkedBody(SessionInputBuffer buffer, InputStream in) {
        this.buffer = buffer;
        this.in = in;
        this.lines = new LineReader(buffer, in);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (left == 0 && !ended) {
            nextChunk();
        }
        if (ended) {
            return -1;
        }
        int read = buffer.read(bytes, offset, (int) Math.min(length, left), in);
        if (read < 0) {
            throw new EOFException("the connection ended within a chunk");
        }
        left -= read;
        return read;
    }

    @Override
    public int available() {
        return (int) Math.min(left, buffer.length());
    }

    private void nextChunk() throws IOException {
        lines.allow(LONGEST_SIZE_LINE, Failure.MALFORMED_REQUEST);
        if (!first && !lines.next().isEmpty()) {
            throw new Refused(Failure.MALFORMED_REQUEST);
        }
        first = false;
        left = size(lines.next());
        if (left == 0) {
            skipTrailers();
            ended = true;
        }
    }

    private void skipTrailers() throws IOException {
        lines.allow(LARGEST_TRAILERS, Failure.MALFORMED_REQUEST);
        Headers.Builder dropped = Headers.builder();
        for (String line = lines.next(); !line.isEmpty(); line = lines.next()) {
            HeadReader.add(line, dropped);
        }
    }

    private static long size(String line) throws Refused {
        int digits = 0;
        long size = 0;
        while (digits < line.length() && line.charAt(digits) < 0x80 && Character.digit(line.charAt(digits), 16) >= 0) {
            size = 16 * size + Character.digit(line.charAt(digits++), 16);
            if (digits > MOST_SIZE_DIGITS) {
                throw new Refused(Failure.MALFORMED_REQUEST);
            }
        }
        String rest = line.substring(digits);
        boolean extension = rest.stripLeading().startsWith(";") && Grammar.isFieldText(rest);
        if (digits == 0 || !rest.isEmpty() && !extension) {
            throw new Refused(Failure.MALFORMED_REQUEST);
        }
        return size;
    }
}
