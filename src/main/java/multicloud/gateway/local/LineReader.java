package multicloud.gateway.local;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import multicloud.gateway.http.Failure;
import org.apache.hc.core5.http.io.SessionInputBuffer;

/**
 * Reads the lines of heads and chunks, which end in CR LF alone and are bounded (RFC 9112, section 2.2). HttpCore's own reader takes
 * a lone LF too, and two readers that disagree about where a line ends disagree about where a request ends.
 */
final class LineReader {
    private final SessionInputBuffer buffer;
    private final InputStream in;
    private byte[] line = new byte[256];
    private int left;
    private Failure tooLong = Failure.MALFORMED_REQUEST;

    LineReader(SessionInputBuffer buffer, InputStream in) {
        this.buffer = buffer;
        this.in = in;
    }

    /** Takes at most so many bytes from now on; more is that failure. */
    void allow(int bytes, Failure more) {
        left = bytes;
        tooLong = more;
    }

    /**
     * The next line without its end, one char per byte.
     *
     * @throws EOFException when the connection ended before the line did
     * @throws Refused when the line is too long, or holds a CR or LF alone
     */
    String next() throws IOException {
        int length = 0;
        while (true) {
            int value = buffer.read(in);
            if (value < 0) {
                throw new EOFException("the connection ended within a line");
            }
            if (--left < 0) {
                throw new Refused(tooLong);
            }
            if (value == '\n') {
                return ended(length);
            }
            if (length > 0 && line[length - 1] == '\r') {
                throw new Refused(Failure.MALFORMED_REQUEST);
            }
            if (length == line.length) {
                line = Arrays.copyOf(line, 2 * length);
            }
            line[length++] = (byte) value;
        }
    }

    private String ended(int length) throws Refused {
        if (length == 0 || line[length - 1] != '\r') {
            throw new Refused(Failure.MALFORMED_REQUEST);
        }
        return new String(line, 0, length - 1, StandardCharsets.ISO_8859_1);
    }
}
