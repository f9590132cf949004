package multicloud.gateway.local;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import multicloud.gateway.http.Headers;
import org.apache.hc.core5.http.impl.EnglishReasonPhraseCatalog;

/** Makes the bytes of response heads (RFC 9112, section 4). Values go out byte for byte. Reused for all answers of a connection. */
final class ResponseHead {
    /** What the server alone says of a connection and a message's end, whatever the answer's own fields claim. */
    private static final Set<String> FRAMING = caseless("connection", "keep-alive", "transfer-encoding", "upgrade");

    private static final byte[] OK = "HTTP/1.1 200 OK\r\n".getBytes(US_ASCII);
    private static final byte[] CHUNKED = "Transfer-Encoding: chunked\r\n".getBytes(US_ASCII);
    private static final byte[] CLOSE = "Connection: close\r\n".getBytes(US_ASCII);
    private static final byte[] KEEP_ALIVE = "Connection: keep-alive\r\n".getBytes(US_ASCII);
    private static final byte[] LENGTH = "Content-Length: ".getBytes(US_ASCII);

    private byte[] bytes = new byte[1024];
    private int length;

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    ResponseHead status(int status) {
        length = 0;
        if (status == 200) {
            return append(OK);
        }
        String reason = EnglishReasonPhraseCatalog.INSTANCE.getReason(status, Locale.ROOT);
        return text("HTTP/1.1 ")
                .text(Integer.toString(status))
                .text(" ")
                .text(reason == null ? "" : reason)
                .end();
    }

    /** Adds the answer's own fields. */
    ResponseHead fields(Headers headers, boolean keepLength) {
        for (int i = 0; i < headers.size(); i++) {
            String name = headers.name(i);
            if (!FRAMING.contains(name) && (keepLength || !name.equalsIgnoreCase("content-length"))) {
                text(name).text(": ").text(headers.value(i)).end();
            }
        }
        return this;
    }

    ResponseHead date(DateField date) {
        return append(date.line());
    }

    ResponseHead contentLength(long value) {
        return append(LENGTH).text(Long.toString(value)).end();
    }

    ResponseHead chunked() {
        return append(CHUNKED);
    }

    ResponseHead close() {
        return append(CLOSE);
    }

    ResponseHead keepAlive() {
        return append(KEEP_ALIVE);
    }

    /** Ends the head. */
    void finish() {
        end();
    }

    private ResponseHead append(byte[] more) {
        room(more.length);
        System.arraycopy(more, 0, bytes, length, more.length);
        length += more.length;
        return this;
    }

    /** One byte for each char; a character that would end the line, or is no byte, cannot get out. */
    private ResponseHead text(String text) {
        room(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean safe = c >= ' ' && c <= 0xff && c != 0x7f || c == '\t';
            bytes[length++] = (byte) (safe ? c : '?');
        }
        return this;
    }

    private ResponseHead end() {
        room(2);
        bytes[length++] = '\r';
        bytes[length++] = '\n';
        return this;
    }

    private void room(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }

    private static Set<String> caseless(String... names) {
        Set<String> set = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        set.addAll(Set.of(names));
        return set;
    }
}
