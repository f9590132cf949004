package multicloud.gateway.local;

import java.io.IOException;
import java.io.InputStream;
import multicloud.gateway.http.Failure;
import multicloud.gateway.http.Headers;
import org.apache.hc.core5.http.impl.io.SessionInputBufferImpl;
import org.jspecify.annotations.Nullable;

/**
 * Reads request heads as RFC 9112, sections 2 to 5, has them, and nothing looser: HttpCore's own parser unfolds lines and forgives
 * names. The target and the values of fields are kept byte for byte. Its bounds lie above those of the gateway's own policy, which
 * answers what is merely too large.
 */
final class HeadReader {
    private static final int LONGEST_REQUEST_LINE = 32 * 1024;
    private static final int LARGEST_FIELDS = 80 * 1024;
    private static final int MOST_FIELDS = 1000;
    private static final int MOST_EMPTY_LINES = 2;

    private final SessionInputBufferImpl buffer;
    private final InputStream in;
    private final LineReader lines;
    private String method = "-";
    private String target = "-";

    HeadReader(SessionInputBufferImpl buffer, InputStream in) {
        this.buffer = buffer;
        this.in = in;
        this.lines = new LineReader(buffer, in);
    }

    /** The method of the head that was read last, or being read; a dash before it is known. */
    String method() {
        return method;
    }

    /** The target of the head that was read last, or being read; a dash before it is known. */
    String target() {
        return target;
    }

    /**
     * The next head.
     *
     * @return null when the connection ends where a request would begin
     * @throws Refused when it is no request's
     */
    @Nullable
    RequestHead next() throws IOException {
        method = "-";
        target = "-";
        lines.allow(LONGEST_REQUEST_LINE, Failure.TARGET_TOO_LONG);
        String line = requestLine();
        return line == null ? null : head(line);
    }

    private @Nullable String requestLine() throws IOException {
        for (int empty = 0; empty <= MOST_EMPTY_LINES; empty++) {
            if (!buffer.hasBufferedData() && buffer.fillBuffer(in) < 0) {
                return null;
            }
            String line = lines.next();
            if (!line.isEmpty()) {
                return line;
            }
        }
        throw new Refused(Failure.MALFORMED_REQUEST);
    }

    private RequestHead head(String line) throws IOException {
        int first = line.indexOf(' ');
        int last = line.lastIndexOf(' ');
        if (first < 0 || first == last || line.indexOf(' ', first + 1) != last) {
            throw new Refused(Failure.MALFORMED_REQUEST);
        }
        String asked = line.substring(first + 1, last);
        String version = line.substring(last + 1);
        boolean oldVersion = version.equals("HTTP/1.0");
        if (!Grammar.isToken(line.substring(0, first))
                || asked.isEmpty()
                || !Grammar.isFieldText(asked)
                || !oldVersion && !version.equals("HTTP/1.1")) {
            throw new Refused(Failure.MALFORMED_REQUEST);
        }
        method = line.substring(0, first);
        target = asked;
        return RequestHead.of(method, target, fields(), oldVersion);
    }

    private Headers fields() throws IOException {
        lines.allow(LARGEST_FIELDS, Failure.HEADERS_TOO_LARGE);
        Headers.Builder fields = Headers.builder();
        int count = 0;
        for (String line = lines.next(); !line.isEmpty(); line = lines.next()) {
            if (++count > MOST_FIELDS) {
                throw new Refused(Failure.HEADERS_TOO_LARGE);
            }
            add(line, fields);
        }
        return fields.build();
    }

    /** Takes a field line apart (RFC 9112, section 5); a folded line begins with a space, which is no name. */
    static void add(String line, Headers.Builder fields) throws Refused {
        int colon = line.indexOf(':');
        if (colon < 0 || !Grammar.isToken(line.substring(0, colon)) || !Grammar.isFieldText(line)) {
            throw new Refused(Failure.MALFORMED_REQUEST);
        }
        fields.add(line.substring(0, colon), trimmed(line, colon + 1));
    }

    private static String trimmed(String line, int start) {
        int from = start;
        int to = line.length();
        while (from < to && isBlank(line.charAt(from))) {
            from++;
        }
        while (to > from && isBlank(line.charAt(to - 1))) {
            to--;
        }
        return line.substring(from, to);
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }
}
