package multicloud.gateway.local;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Locale;
import multicloud.gateway.http.Headers;
import multicloud.gateway.http1.Framing;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.impl.EnglishReasonPhraseCatalog;
import org.apache.hc.core5.http.io.HttpMessageWriter;
import org.apache.hc.core5.http.io.SessionOutputBuffer;

/** Writes response heads (RFC 9112, section 4). Values go out byte for byte. One for each connection. */
final class ResponseHeadWriter implements HttpMessageWriter<ClassicHttpResponse> {
    private static final byte[] OK = "HTTP/1.1 200 OK\r\n".getBytes(US_ASCII);
    private static final byte[] CHUNKED = "Transfer-Encoding: chunked\r\n".getBytes(US_ASCII);
    private static final byte[] CLOSE = "Connection: close\r\n".getBytes(US_ASCII);
    private static final byte[] KEEP_ALIVE = "Connection: keep-alive\r\n".getBytes(US_ASCII);
    private static final byte[] LENGTH = "Content-Length: ".getBytes(US_ASCII);

    private final DateField date;
    private byte[] bytes = new byte[1024];
    private int length;

    ResponseHeadWriter(DateField date) {
        this.date = date;
    }

    @Override
    public void write(ClassicHttpResponse message, SessionOutputBuffer buffer, OutputStream out) throws IOException {
        OutgoingResponse response = (OutgoingResponse) message;
        length = 0;
        status(response.getCode());
        if (response.getCode() >= HttpStatus.SC_SUCCESS) {
            fields(response);
            framing(response);
        }
        end();
        buffer.write(bytes, 0, length, out);
    }

    private void status(int status) {
        if (status == HttpStatus.SC_OK) {
            append(OK);
            return;
        }
        String reason = EnglishReasonPhraseCatalog.INSTANCE.getReason(status, Locale.ROOT);
        text("HTTP/1.1 ").text(Integer.toString(status)).text(" ").text(reason == null ? "" : reason);
        end();
    }

    private void fields(OutgoingResponse response) {
        Headers fields = response.fields();
        boolean dated = false;
        for (int i = 0; i < fields.size(); i++) {
            String name = fields.name(i);
            boolean length = name.equalsIgnoreCase("content-length");
            if (length ? response.speaksOfAnother() : !isFraming(name)) {
                text(name).text(": ").text(fields.value(i)).end();
                dated |= name.equalsIgnoreCase("date");
            }
        }
        if (!dated) {
            append(date.line());
        }
    }

    private void framing(OutgoingResponse response) {
        if (response.length() >= 0) {
            append(LENGTH).text(Long.toString(response.length())).end();
        } else if (response.length() == Framing.CHUNKED) {
            append(CHUNKED);
        }
        if (!response.keepsAlive()) {
            append(CLOSE);
        } else if (response.isToOldVersion()) {
            append(KEEP_ALIVE);
        }
    }

    private ResponseHeadWriter append(byte[] more) {
        room(more.length);
        System.arraycopy(more, 0, bytes, length, more.length);
        length += more.length;
        return this;
    }

    /** One byte for each char; a character that would end the line, or is no byte, cannot get out. */
    private ResponseHeadWriter text(String text) {
        room(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean safe = c >= ' ' && c <= 0xff && c != 0x7f || c == '\t';
            bytes[length++] = (byte) (safe ? c : '?');
        }
        return this;
    }

    private void end() {
        room(2);
        bytes[length++] = '\r';
        bytes[length++] = '\n';
    }

    private void room(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }

    /** Whether it is what the server alone says of a connection and a message's end, whatever the answer's own fields claim. */
    private static boolean isFraming(String name) {
        return name.equalsIgnoreCase("connection")
                || name.equalsIgnoreCase("keep-alive")
                || name.equalsIgnoreCase("transfer-encoding")
                || name.equalsIgnoreCase("upgrade");
    }
}
