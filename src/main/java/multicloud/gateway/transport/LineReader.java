package multicloud.gateway.transport;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.hc.core5.http.io.SessionInputBuffer;

/**
 * Reads the lines of a message's head, of chunk sizes and of trailers, within bounds (RFC 9112, section 2.2). HttpCore's own reader
 * takes a lone LF everywhere, which makes framing ambiguous between two readers.
 */
final class LineReader {
    private final int lineLimit;
    private final int totalLimit;
    private final boolean lenient;
    private byte[] line = new byte[128];
    private int total;

    /**
     * @param lineLimit the longest line, in bytes
     * @param totalLimit the most bytes of all lines since {@link #restart}
     * @param lenient whether a line may end in LF alone, as RFC 9112 allows in heads
     */
    LineReader(int lineLimit, int totalLimit, boolean lenient) {
        this.lineLimit = lineLimit;
        this.totalLimit = totalLimit;
        this.lenient = lenient;
    }

    /** Begins another message. */
    void restart() {
        total = 0;
    }

    /** Whether anything has been read since {@link #restart}. */
    boolean begun() {
        return total > 0;
    }

    /** The next line without its end, one char per byte. */
    String next(SessionInputBuffer buffer, InputStream in) throws IOException {
        int length = 0;
        while (true) {
            int value = buffer.read(in);
            if (value < 0) {
                throw new EOFException("the connection ended in a head");
            }
            if (++total > totalLimit || length >= lineLimit) {
                throw new MalformedException("a line or head is too long");
            }
            if (value == '\n') {
                return ended(length);
            }
            if (length > 0 && line[length - 1] == '\r') {
                throw new MalformedException("a CR without LF");
            }
            if (length == line.length) {
                line = Arrays.copyOf(line, 2 * length);
            }
            line[length++] = (byte) value;
        }
    }

    private String ended(int length) throws MalformedException {
        if (length > 0 && line[length - 1] == '\r') {
            return new String(line, 0, length - 1, StandardCharsets.ISO_8859_1);
        }
        if (!lenient) {
            throw new MalformedException("an LF without CR");
        }
        return new String(line, 0, length, StandardCharsets.ISO_8859_1);
    }
}
