package multicloud.gateway.http1;

import multicloud.gateway.http.Headers;
import org.apache.hc.core5.http.ContentLengthStrategy;
import org.jspecify.annotations.Nullable;

/** What the fields of a message say about where its content ends (RFC 9112, section 6), in HttpCore's terms. */
public final class Framing {
    /** The content comes in chunks. */
    public static final long CHUNKED = ContentLengthStrategy.CHUNKED;
    /** The fields say nothing: a request has no content, that of a response ends with the connection. */
    public static final long UNSAID = ContentLengthStrategy.UNDEFINED;

    private static final int MOST_DIGITS = 18;

    private Framing() {}

    /**
     * The content's length in bytes or one of the constants above.
     *
     * @param oldVersion whether the message is HTTP/1.0, which has no chunks
     * @throws MalformedException when the end could be read in two ways
     */
    public static long of(Headers fields, boolean oldVersion) throws MalformedException {
        String coding = only("Transfer-Encoding", fields);
        String length = only("Content-Length", fields);
        if (coding != null) {
            if (oldVersion || length != null || !coding.equalsIgnoreCase("chunked")) {
                throw new MalformedException("an ambiguous Transfer-Encoding");
            }
            return CHUNKED;
        }
        return length == null ? UNSAID : parse(length);
    }

    private static @Nullable String only(String name, Headers fields) throws MalformedException {
        String only = null;
        for (int i = 0; i < fields.size(); i++) {
            if (fields.name(i).equalsIgnoreCase(name)) {
                if (only != null) {
                    throw new MalformedException("more than one " + name);
                }
                only = fields.value(i);
            }
        }
        return only;
    }

    private static long parse(String digits) throws MalformedException {
        long value = 0;
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            if (c < '0' || c > '9') {
                throw new MalformedException("a Content-Length that is no number");
            }
            value = 10 * value + (c - '0');
        }
        if (digits.isEmpty() || digits.length() > MOST_DIGITS) {
            throw new MalformedException("a Content-Length that is empty or too large");
        }
        return value;
    }
}
