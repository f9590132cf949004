package multicloud.gateway.local;

import java.util.List;
import java.util.Locale;
import multicloud.gateway.http.Grammar;
import multicloud.gateway.http.Headers;
import multicloud.gateway.http.RequestTarget;
import multicloud.gateway.http1.Framing;
import multicloud.gateway.http1.MalformedException;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.jspecify.annotations.Nullable;

/** The head of a request of which it is certain where it goes and where it ends (RFC 9112, sections 3 and 6). */
final class RequestHead extends BasicClassicHttpRequest {
    private static final long serialVersionUID = 1L;
    private static final String HOST_MARKS = "-._~%!$&'()*+,;=:[]";

    private final transient RequestTarget target;
    private final transient Headers fields;
    private final @Nullable String host;
    private final long length;
    private final boolean oldVersion;

    private RequestHead(String method, RequestTarget target, Headers fields, @Nullable String host, boolean oldVersion)
            throws MalformedException {
        super(method, (String) null);
        this.target = target;
        this.fields = fields;
        this.host = host;
        this.length = Framing.of(fields, oldVersion);
        this.oldVersion = oldVersion;
    }

    /**
     * Puts a head together.
     *
     * @param oldVersion whether it is HTTP/1.0
     * @throws MalformedException when two readers could disagree about where it is meant to go or where it ends
     */
    static RequestHead of(String method, String target, Headers fields, boolean oldVersion) throws MalformedException {
        String host = host(fields, oldVersion);
        String authority = authority(target);
        if (authority == null) {
            return new RequestHead(method, RequestTarget.parse(target), fields, host, oldVersion);
        }
        String rest = target.substring(target.indexOf("://") + 3 + authority.length());
        RequestTarget origin = RequestTarget.parse(rest.startsWith("/") ? rest : "/" + rest);
        return new RequestHead(method, origin, fields, authority, oldVersion);
    }

    /** The target in origin form, byte for byte. */
    RequestTarget target() {
        return target;
    }

    Headers fields() {
        return fields;
    }

    /** The Host field, or the authority of a target in absolute form; null when there is none or it is empty. */
    @Nullable
    String host() {
        return host;
    }

    /** The body's length in bytes, or what {@link Framing} has for it. */
    long length() {
        return length;
    }

    boolean isOldVersion() {
        return oldVersion;
    }

    /** Whether the client would use the connection again. */
    boolean wantsKeepAlive() {
        return !Grammar.lists(fields, "Connection", "close")
                && (!oldVersion || Grammar.lists(fields, "Connection", "keep-alive"));
    }

    /** Whether the client waits for leave to send its body (RFC 9110, section 10.1.1). */
    boolean expectsContinue() {
        return !oldVersion && Grammar.lists(fields, "Expect", "100-continue");
    }

    private static @Nullable String host(Headers fields, boolean oldVersion) throws MalformedException {
        List<String> hosts = fields.all("Host");
        if (hosts.isEmpty() && oldVersion) {
            return null;
        }
        if (hosts.size() != 1 || !isHost(hosts.getFirst())) {
            throw new MalformedException("no single, proper Host");
        }
        return hosts.getFirst().isEmpty() ? null : hosts.getFirst();
    }

    /** The authority of a target in absolute form, which counts instead of the Host field (RFC 9112, section 3.2.2); else null. */
    private static @Nullable String authority(String target) throws MalformedException {
        if (target.startsWith("/")) {
            return null;
        }
        String start = target.substring(0, Math.min(target.length(), 8)).toLowerCase(Locale.ROOT);
        if (!start.startsWith("http://") && !start.startsWith("https://")) {
            return null;
        }
        int from = target.indexOf("://") + 3;
        int to = from;
        while (to < target.length() && target.charAt(to) != '/' && target.charAt(to) != '?') {
            to++;
        }
        String authority = target.substring(from, to);
        if (authority.isEmpty() || !isHost(authority)) {
            throw new MalformedException("an absolute target without a proper authority");
        }
        return authority;
    }

    /** Whether a text can stand in the Host field (RFC 3986, section 3.2.2, with a port perhaps). */
    private static boolean isHost(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean alphanumeric = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (!alphanumeric && HOST_MARKS.indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }
}
