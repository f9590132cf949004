package multicloud.gateway.local;

import java.util.List;
import java.util.Locale;
import multicloud.gateway.http.Failure;
import multicloud.gateway.http.Headers;
import multicloud.gateway.http.RequestTarget;
import org.jspecify.annotations.Nullable;

/**
 * The head of a request of which it is certain where it ends (RFC 9112, sections 3 and 6).
 *
 * @param target in origin form, byte for byte
 * @param host the Host field, or the authority of a target in absolute form; null when there is none or it is empty
 * @param length of the body in bytes, {@link #CHUNKED}, or {@link #NONE}
 * @param oldVersion whether it is HTTP/1.0
 */
record RequestHead(
        String method,
        RequestTarget target,
        Headers headers,
        @Nullable String host,
        long length,
        boolean oldVersion) {
    static final long CHUNKED = -1;
    static final long NONE = -2;

    private static final int MOST_LENGTH_DIGITS = 18;

    /**
     * Puts a head together.
     *
     * @throws Refused when two readers could disagree about where it is meant to go or where it ends
     */
    static RequestHead of(String method, String target, Headers headers, boolean oldVersion) throws Refused {
        long length = length(headers, oldVersion);
        String host = host(headers, oldVersion);
        String authority = authority(target);
        if (authority == null) {
            return new RequestHead(method, RequestTarget.parse(target), headers, host, length, oldVersion);
        }
        String rest = target.substring(target.indexOf("://") + 3 + authority.length());
        RequestTarget origin = RequestTarget.parse(rest.startsWith("/") ? rest : "/" + rest);
        return new RequestHead(method, origin, headers, authority, length, oldVersion);
    }

    /** Whether the client would use the connection again. */
    boolean wantsKeepAlive() {
        boolean keep = !oldVersion;
        for (int i = 0; i < headers.size(); i++) {
            if (headers.name(i).equalsIgnoreCase("connection")) {
                if (Grammar.lists(headers.value(i), "close")) {
                    return false;
                }
                keep |= Grammar.lists(headers.value(i), "keep-alive");
            }
        }
        return keep;
    }

    /** Whether the client waits for leave to send its body (RFC 9110, section 10.1.1). */
    boolean expectsContinue() {
        String expect = headers.first("expect");
        return !oldVersion && expect != null && Grammar.lists(expect, "100-continue");
    }

    private static long length(Headers headers, boolean oldVersion) throws Refused {
        List<String> codings = headers.all("transfer-encoding");
        List<String> lengths = headers.all("content-length");
        if (!codings.isEmpty()) {
            boolean chunked = codings.size() == 1 && codings.getFirst().equalsIgnoreCase("chunked");
            if (!chunked || !lengths.isEmpty() || oldVersion) {
                throw new Refused(Failure.MALFORMED_REQUEST);
            }
            return CHUNKED;
        }
        if (lengths.isEmpty()) {
            return NONE;
        }
        if (lengths.size() > 1) {
            throw new Refused(Failure.MALFORMED_REQUEST);
        }
        return length(lengths.getFirst());
    }

    private static long length(String text) throws Refused {
        long length = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                throw new Refused(Failure.MALFORMED_REQUEST);
            }
            length = 10 * length + (c - '0');
        }
        if (text.isEmpty() || text.length() > MOST_LENGTH_DIGITS) {
            throw new Refused(Failure.MALFORMED_REQUEST);
        }
        return length;
    }

    private static @Nullable String host(Headers headers, boolean oldVersion) throws Refused {
        List<String> hosts = headers.all("host");
        if (hosts.isEmpty() && oldVersion) {
            return null;
        }
        if (hosts.size() != 1 || !Grammar.isHost(hosts.getFirst())) {
            throw new Refused(Failure.MALFORMED_REQUEST);
        }
        return hosts.getFirst().isEmpty() ? null : hosts.getFirst();
    }

    /** The authority of a target in absolute form, which counts instead of the Host field (RFC 9112, section 3.2.2); else null. */
    private static @Nullable String authority(String target) throws Refused {
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
        if (authority.isEmpty() || !Grammar.isHost(authority)) {
            throw new Refused(Failure.MALFORMED_REQUEST);
        }
        return authority;
    }
}
