package multicloud.gateway.transport;

import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import multicloud.gateway.http.Body;
import multicloud.gateway.http.Grammar;
import multicloud.gateway.http.Headers;
import multicloud.gateway.http.Request;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;

/**
 * A request with its head as the bytes that go out. HttpCore's own writer would parse the target as a URI and turn bytes from 0x80
 * to 0x9f into question marks.
 */
final class OutgoingRequest extends BasicClassicHttpRequest {
    private static final long serialVersionUID = 1L;

    private final transient byte[] head;
    private final long length;

    private OutgoingRequest(String method, byte[] head, long length) {
        super(method, (String) null);
        this.head = head;
        this.length = length;
    }

    /**
     * The request of a call, framed for its body (RFC 9112, section 6): the caller's own framing fields and {@code Expect} are left out.
     *
     * @throws ProtocolException when something in it would not be read by the peer as what it is
     */
    static OutgoingRequest of(Call call) throws ProtocolException {
        Request request = call.request();
        String method = request.method();
        String target = request.target().text();
        if (!Grammar.isToken(method) || !isTarget(target)) {
            throw new ProtocolException("the method or the target has characters that cannot be sent");
        }
        StringBuilder head = new StringBuilder(512);
        head.append(method).append(' ').append(target).append(" HTTP/1.1\r\n");
        int hosts = request.headers().all("Host").size();
        if (hosts > 1) {
            throw new ProtocolException("more than one Host");
        } else if (hosts == 0) {
            head.append("Host: ").append(call.origin().authority()).append("\r\n");
        }
        appendFields(head, request.headers());
        long length = length(method, request.body());
        if (length == ResponseHead.CHUNKED) {
            head.append("Transfer-Encoding: chunked\r\n");
        } else if (length >= 0) {
            head.append("Content-Length: ").append(length).append("\r\n");
        }
        head.append("\r\n");
        return new OutgoingRequest(method, head.toString().getBytes(StandardCharsets.ISO_8859_1), length);
    }

    /** The same for another attempt: HttpCore hangs the body to be sent on its message. */
    OutgoingRequest again() {
        return new OutgoingRequest(getMethod(), head, length);
    }

    byte[] head() {
        return head;
    }

    /** The body's length, {@link ResponseHead#CHUNKED} or {@link ResponseHead#NO_BODY}. */
    long length() {
        return length;
    }

    private static long length(String method, Body body) {
        if (body.isAbsent()) {
            boolean expectsBody = method.equals("POST") || method.equals("PUT") || method.equals("PATCH");
            return expectsBody ? 0 : ResponseHead.NO_BODY;
        }
        return body.length() >= 0 ? body.length() : ResponseHead.CHUNKED;
    }

    private static void appendFields(StringBuilder head, Headers headers) throws ProtocolException {
        for (int i = 0; i < headers.size(); i++) {
            String name = headers.name(i);
            String value = headers.value(i);
            if (!Grammar.isToken(name) || !isValue(value)) {
                throw new ProtocolException("a field has characters that cannot be sent");
            }
            if (!isFraming(name)) {
                head.append(name).append(": ").append(value).append("\r\n");
            }
        }
    }

    private static boolean isFraming(String name) {
        return name.equalsIgnoreCase("Content-Length")
                || name.equalsIgnoreCase("Transfer-Encoding")
                || name.equalsIgnoreCase("Expect");
    }

    private static boolean isTarget(String target) {
        for (int i = 0; i < target.length(); i++) {
            char c = target.charAt(i);
            if (c <= ' ' || c == 0x7f || c > 0xff) {
                return false;
            }
        }
        return !target.isEmpty();
    }

    private static boolean isValue(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\r' || c == '\n' || c == 0 || c > 0xff) {
                return false;
            }
        }
        return true;
    }
}
