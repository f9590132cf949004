package multicloud.gateway.transport;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import multicloud.gateway.http.Grammar;
import multicloud.gateway.http.Headers;
import multicloud.gateway.http1.FieldReader;
import multicloud.gateway.http1.LineReader;
import multicloud.gateway.http1.MalformedException;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.HttpMessageParser;
import org.apache.hc.core5.http.io.HttpMessageParserFactory;
import org.apache.hc.core5.http.io.SessionInputBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads response heads as RFC 9112, sections 4 and 5, has them, and nothing looser: HttpCore's own parser unfolds lines, forgives
 * names and takes any version. Lines are bounded by 16 KB, heads by 64 KB and 200 fields.
 */
final class ResponseHeadParser
        implements HttpMessageParser<ClassicHttpResponse>, HttpMessageParserFactory<ClassicHttpResponse> {
    private static final int LONGEST_LINE = 16 * 1024;
    private static final int LONGEST_HEAD = 64 * 1024;
    private static final int MOST_FIELDS = 200;
    private static final int STATUS_AT = "HTTP/1.1 ".length();

    private final LineReader lines = LineReader.lenient(LONGEST_LINE, LONGEST_HEAD);
    private final FieldReader fields = new FieldReader(lines, MOST_FIELDS);
    private @Nullable SessionInputBuffer buffer;

    /** Itself, for the one connection it is made for. The overload HttpCore deprecates is the one it calls. */
    @Override
    @SuppressWarnings("deprecation")
    public ResponseHeadParser create(Http1Config config) {
        return this;
    }

    /** Begins another exchange. */
    void restart() {
        lines.restart();
    }

    /** Whether anything of this exchange's answer has come. */
    boolean begun() {
        return lines.begun();
    }

    /** The buffer of the connection, once an answer has been read from it. */
    SessionInputBuffer buffer() {
        return Objects.requireNonNull(buffer, "no answer has been read");
    }

    /** How many bytes have been read from the connection and not been used yet. */
    int buffered() {
        return buffer == null ? 0 : buffer.length();
    }

    @Override
    public ResponseHead parse(SessionInputBuffer from, InputStream in) throws IOException {
        buffer = from;
        String status = lines.next(from, in);
        Headers headers = fields.read(from, in);
        return new ResponseHead(status(status), status.startsWith("HTTP/1.0"), headers);
    }

    private static int status(String line) throws MalformedException {
        int end = STATUS_AT + 3;
        boolean version = line.startsWith("HTTP/1.1 ") || line.startsWith("HTTP/1.0 ");
        boolean bounded = line.length() == end || (line.length() > end && line.charAt(end) == ' ');
        if (!version || !bounded || !Grammar.isFieldText(line)) {
            throw new MalformedException("no status line");
        }
        int status = 0;
        for (int i = STATUS_AT; i < end; i++) {
            char c = line.charAt(i);
            if (c < '0' || c > '9') {
                throw new MalformedException("a status that is no number");
            }
            status = 10 * status + (c - '0');
        }
        if (status < 100 || status > 599) {
            throw new MalformedException("a status outside 100 to 599");
        }
        return status;
    }
}
