package multicloud.gateway.http1;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.hc.core5.http.io.SessionInputBuffer;

/**
 * Reads the lines of heads, chunk sizes and trailers within bounds (RFC 9112, section 2.2). HttpCore's own reader takes a lone LF
 * everywhere, and two readers that disagree about where a line ends disagree about where a message ends. Not safe for use by
 * several threads.
 */
public final class LineReader {
    private static final int ROOM = 128;

    /** The longest line whose bytes are kept for the next one: an idle connection holds no more. */
    private static final int KEPT = 2 * 1024;

    private final int lineLimit;
    private final int totalLimit;
    private final boolean lenient;
    private byte[] line = new byte[ROOM];
    private int total;

    /**
     * A reader of lines that all end in CR LF.
     *
     * @param limit the most bytes of all lines since {@link #restart}, their ends included
     */
    public static LineReader strict(int limit) {
        return new LineReader(limit, limit, false);
    }

    /**
     * A reader of lines that may end in LF alone, as RFC 9112 allows in heads.
     *
     * @param lineLimit the longest line, in bytes
     * @param totalLimit the most bytes of all lines since {@link #restart}, their ends included
     */
    public static LineReader lenient(int lineLimit, int totalLimit) {
        return new LineReader(lineLimit, totalLimit, true);
    }

    private LineReader(int lineLimit, int totalLimit, boolean lenient) {
        this.lineLimit = lineLimit;
        this.totalLimit = totalLimit;
        this.lenient = lenient;
    }

    /** Begins another message. */
    public void restart() {
        total = 0;
    }

    /** Whether anything has been read since {@link #restart}. */
    public boolean begun() {
        return total > 0;
    }

    /**
     * The next line without its end, one char per byte.
     *
     * @throws EOFException when the connection ended before the line did
     * @throws MalformedException when the line has a CR or LF of its own or is too long
     */
    public String next(SessionInputBuffer buffer, InputStream in) throws IOException {
        int length = 0;
        while (true) {
            int value = buffer.read(in);
            if (value < 0) {
                throw new EOFException("the connection ended in a line");
            }
            if (++total > totalLimit || length >= lineLimit) {
                throw MalformedException.tooLong("a line or head is too long");
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
        boolean whole = length > 0 && line[length - 1] == '\r';
        if (!whole && !lenient) {
            throw new MalformedException("an LF without CR");
        }
        String text = new String(line, 0, whole ? length - 1 : length, StandardCharsets.ISO_8859_1);
        if (line.length > KEPT) {
            line = new byte[ROOM];
        }
        return text;
    }
}
