package multicloud.gateway.http1;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import multicloud.gateway.http.Grammar;
import org.apache.hc.core5.http.io.SessionInputBuffer;

/**
 * The content of a chunked message (RFC 9112, section 7.1). HttpCore's own decoder takes signs and spaces around chunk sizes and a
 * lone LF after them, which is what request smuggling is made of. Extensions and trailers are bounded, checked and dropped. Not safe
 * for use by several threads.
 */
public final class ChunkedBody extends InputStream {
    private static final int LONGEST_SIZE_LINE = 1024;
    private static final int LONGEST_TRAILERS = 16 * 1024;
    private static final int MOST_HEX_DIGITS = 15;
    private static final int LINE_END = 2;

    private final SessionInputBuffer buffer;
    private final InputStream in;
    private final LineReader sizes = LineReader.strict(LONGEST_SIZE_LINE);
    private long left;
    private boolean first = true;
    private boolean ended;

    public ChunkedBody(SessionInputBuffer buffer, InputStream in) {
        this.buffer = buffer;
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (left == 0 && !ended) {
            nextChunk();
        }
        if (ended) {
            return -1;
        }
        int count = buffer.read(bytes, from, (int) Math.min(length, left), in);
        if (count < 0) {
            throw new EOFException("the connection ended in a chunk");
        }
        left -= count;
        return count;
    }

    /**
     * How much is there already. Between two chunks the head of the next one counts, since whoever sends that has its content too:
     * not to read on then would keep the end of a content apart from its last bytes.
     */
    @Override
    public int available() {
        if (left > 0) {
            return (int) Math.min(left, buffer.length());
        }
        return ended ? 0 : Math.max(0, buffer.length() - (first ? 0 : LINE_END));
    }

    private void nextChunk() throws IOException {
        sizes.restart();
        if (!first && !sizes.next(buffer, in).isEmpty()) {
            throw new MalformedException("no line end after a chunk");
        }
        first = false;
        sizes.restart();
        left = size(sizes.next(buffer, in));
        if (left == 0) {
            new FieldReader(LineReader.strict(LONGEST_TRAILERS), Integer.MAX_VALUE).read(buffer, in);
            ended = true;
        }
    }

    private static long size(String line) throws MalformedException {
        int digits = 0;
        long size = 0;
        while (digits < line.length() && line.charAt(digits) < 0x80 && Character.digit(line.charAt(digits), 16) >= 0) {
            size = 16 * size + Character.digit(line.charAt(digits++), 16);
            if (digits > MOST_HEX_DIGITS) {
                throw new MalformedException("a chunk that is too large");
            }
        }
        String rest = line.substring(digits);
        boolean extension = rest.stripLeading().startsWith(";") && Grammar.isFieldText(rest);
        if (digits == 0 || !(rest.isEmpty() || extension)) {
            throw new MalformedException("no chunk size");
        }
        return size;
    }
}
