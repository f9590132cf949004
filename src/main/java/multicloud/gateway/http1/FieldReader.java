package multicloud.gateway.http1;

import java.io.IOException;
import java.io.InputStream;
import multicloud.gateway.http.Grammar;
import multicloud.gateway.http.Headers;
import org.apache.hc.core5.http.io.SessionInputBuffer;

/** Reads the field lines of a head or of trailers, up to the empty line (RFC 9112, section 5). Folded lines are refused. */
public final class FieldReader {
    private final LineReader lines;
    private final int mostFields;

    public FieldReader(LineReader lines, int mostFields) {
        this.lines = lines;
        this.mostFields = mostFields;
    }

    /**
     * The fields in their order, names and values as they came.
     *
     * @throws MalformedException when there are too many, or one has no proper name or a value with control characters
     */
    public Headers read(SessionInputBuffer buffer, InputStream in) throws IOException {
        Headers.Builder fields = Headers.builder();
        int count = 0;
        for (String line = lines.next(buffer, in); !line.isEmpty(); line = lines.next(buffer, in)) {
            if (++count > mostFields) {
                throw MalformedException.tooLong("too many fields");
            }
            add(line, fields);
        }
        return fields.build();
    }

    private static void add(String line, Headers.Builder fields) throws MalformedException {
        int colon = line.indexOf(':');
        String name = colon < 0 ? "" : line.substring(0, colon);
        if (!Grammar.isToken(name)) {
            throw new MalformedException("a field without a proper name");
        }
        int from = colon + 1;
        int to = line.length();
        while (from < to && isBlank(line.charAt(from))) {
            from++;
        }
        while (to > from && isBlank(line.charAt(to - 1))) {
            to--;
        }
        String value = line.substring(from, to);
        if (!Grammar.isFieldText(value)) {
            throw new MalformedException("a field value with control characters");
        }
        fields.add(name, value);
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }
}
