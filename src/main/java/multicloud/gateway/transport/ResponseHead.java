package multicloud.gateway.transport;

import java.util.Locale;
import multicloud.gateway.http.Grammar;
import multicloud.gateway.http.Headers;
import multicloud.gateway.http1.Framing;
import multicloud.gateway.http1.MalformedException;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;

/** A response's head as it came, and what it says about the end of its body and of its connection. */
final class ResponseHead extends BasicClassicHttpResponse {
    /** There is no body. */
    static final long NO_BODY = -2;
    /** The body comes in chunks. */
    static final long CHUNKED = Framing.CHUNKED;
    /** The body ends with the connection. */
    static final long UNTIL_CLOSE = Framing.UNSAID;

    private static final long serialVersionUID = 1L;
    private static final long MOST_SECONDS = 1_000_000;

    private final transient Headers fields;
    private final boolean oldVersion;

    /** @param oldVersion whether it is HTTP/1.0 */
    ResponseHead(int status, boolean oldVersion, Headers fields) {
        super(status, null, Locale.ROOT);
        this.fields = fields;
        this.oldVersion = oldVersion;
    }

    Headers fields() {
        return fields;
    }

    /** For how many milliseconds the connection may be kept for another request: the peer's own limit, less a margin; 0 for not at all. */
    long keepMillis() {
        if (!isPersistent()) {
            return 0;
        }
        String keepAlive = fields.joined("Keep-Alive");
        int at = keepAlive == null ? -1 : keepAlive.toLowerCase(Locale.ROOT).indexOf("timeout=");
        return keepAlive == null || at < 0 ? Long.MAX_VALUE : lessMargin(keepAlive, at + "timeout=".length());
    }

    private static long lessMargin(String text, int from) {
        long seconds = 0;
        for (int i = from; i < text.length() && seconds < MOST_SECONDS; i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                break;
            }
            seconds = 10 * seconds + (c - '0');
        }
        return seconds * 1000 - Math.min(1000, seconds * 500);
    }

    /** Whether the peer says nothing against another request on the same connection. */
    boolean isPersistent() {
        return !oldVersion && !Grammar.lists(fields, "Connection", "close");
    }

    /**
     * The body's length in bytes or one of the constants above (RFC 9112, section 6.3).
     *
     * @throws MalformedException when the length could be read in two ways
     */
    long framing(String method) throws MalformedException {
        int status = getCode();
        long said = Framing.of(fields, oldVersion);
        return method.equals("HEAD") || status == 204 || status == 304 ? NO_BODY : said;
    }
}
