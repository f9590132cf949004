package multicloud.gateway.local;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import multicloud.gateway.http.Failure;
import multicloud.gateway.http.Grammar;
import multicloud.gateway.http1.FieldReader;
import multicloud.gateway.http1.LineReader;
import multicloud.gateway.http1.MalformedException;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.io.HttpMessageParser;
import org.apache.hc.core5.http.io.SessionInputBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads request heads as RFC 9112, sections 2 to 5, has them, and nothing looser: HttpCore's own parser unfolds lines and forgives
 * names. The target and the values of fields are kept byte for byte. Its bounds lie above those of the gateway's own policy, which
 * answers what is merely too large.
 */
final class RequestHeadParser implements HttpMessageParser<ClassicHttpRequest> {
    private static final int LONGEST_REQUEST_LINE = 32 * 1024;
    private static final int LARGEST_FIELDS = 80 * 1024;
    private static final int MOST_FIELDS = 1000;
    private static final int MOST_EMPTY_LINES = 2;

    private final LineReader requestLines = LineReader.strict(LONGEST_REQUEST_LINE);
    private final LineReader fieldLines = LineReader.strict(LARGEST_FIELDS);
    private final FieldReader fields = new FieldReader(fieldLines, MOST_FIELDS);
    private @Nullable SessionInputBuffer buffer;
    private Failure tooLong = Failure.TARGET_TOO_LONG;
    private String method = "-";
    private String target = "-";

    /** The method of the head that was read last, or being read; a dash before it is known. */
    String method() {
        return method;
    }

    /** The target of the head that was read last, or being read; a dash before it is known. */
    String target() {
        return target;
    }

    /** Which of the gateway's failures it is that a head could not be read. */
    Failure failureOf(MalformedException e) {
        return e.isTooLong() ? tooLong : Failure.MALFORMED_REQUEST;
    }

    /** Whether more of what the client sent has come than the last head. */
    boolean hasBuffered() {
        return buffer != null && buffer.length() > 0;
    }

    /** The next head, or null when the connection ends where a request would begin. */
    @Override
    public @Nullable RequestHead parse(SessionInputBuffer from, InputStream in) throws IOException {
        buffer = from;
        method = "-";
        target = "-";
        tooLong = Failure.TARGET_TOO_LONG;
        String line = requestLine(from, in);
        return line == null ? null : head(line, from, in);
    }

    private @Nullable String requestLine(SessionInputBuffer from, InputStream in) throws IOException {
        try {
            for (int empty = 0; empty <= MOST_EMPTY_LINES; empty++) {
                requestLines.restart();
                String line = requestLines.next(from, in);
                if (!line.isEmpty()) {
                    return line;
                }
            }
        } catch (EOFException e) {
            if (!requestLines.begun()) {
                return null;
            }
            throw e;
        }
        throw new MalformedException("empty lines instead of a request");
    }

    private RequestHead head(String line, SessionInputBuffer from, InputStream in) throws IOException {
        int first = line.indexOf(' ');
        int last = line.lastIndexOf(' ');
        if (first < 0 || first == last || line.indexOf(' ', first + 1) != last) {
            throw new MalformedException("a request line that has not three parts");
        }
        String token = line.substring(0, first);
        String asked = line.substring(first + 1, last);
        boolean oldVersion = line.endsWith(" HTTP/1.0");
        if (!oldVersion && !line.endsWith(" HTTP/1.1")) {
            throw new MalformedException("neither HTTP/1.1 nor HTTP/1.0");
        }
        if (!Grammar.isToken(token) || asked.isEmpty() || !Grammar.isFieldText(asked)) {
            throw new MalformedException("a method or target that is none");
        }
        method = token;
        target = asked;
        tooLong = Failure.HEADERS_TOO_LARGE;
        fieldLines.restart();
        return RequestHead.of(token, asked, fields.read(from, in), oldVersion);
    }
}
