package multicloud.gateway.config;

import java.net.InetAddress;
import java.util.Locale;
import multicloud.gateway.config.Host.InvalidHost;
import multicloud.gateway.http.AddressClass;
import multicloud.gateway.http.RequestPath;
import multicloud.gateway.http.RequestPath.AmbiguousPath;

/**
 * The address of a target.
 *
 * @param secure whether the scheme is {@code https}
 * @param host in lower case; an IPv6 address without brackets; a reference that was left unresolved as it is written
 * @param port as named, or the scheme's own
 * @param path empty, or beginning with a slash and not ending with one; percent-encoded
 * @param literal whether the host is an address or {@code localhost}, so that the document means exactly that machine
 */
public record BaseUrl(boolean secure, String host, int port, String path, boolean literal) {

    /** The place of a URL that is not known, because its reference was left unresolved. */
    static BaseUrl unresolved(String reference) {
        return new BaseUrl(true, reference, 443, "", false);
    }

    /**
     * Reads an http or https URL without user info, query and fragment (RFC 3986).
     *
     * @throws InvalidUrl when it is none, or leads to an address that no document may name
     */
    public static BaseUrl parse(String text) throws InvalidUrl {
        int scheme = text.indexOf("://");
        if (scheme < 0) {
            throw new InvalidUrl(Rule.URL, "a URL begins with https:// or http://");
        }
        boolean secure = isSecure(text.substring(0, scheme));
        checkCharacters(text);
        int slash = text.indexOf('/', scheme + 3);
        String authority = text.substring(scheme + 3, slash < 0 ? text.length() : slash);
        if (authority.indexOf('@') >= 0) {
            throw new InvalidUrl(Rule.URL, "a URL of a server has no user info");
        }
        int colon = authority.endsWith("]") ? -1 : authority.lastIndexOf(':');
        int port = colon < 0 ? secure ? 443 : 80 : port(authority.substring(colon + 1));
        Host host = host(colon < 0 ? authority : authority.substring(0, colon));
        String path = slash < 0 ? "" : path(text.substring(slash));
        boolean literal = host.address() != null || host.text().equals("localhost");
        return new BaseUrl(secure, host.text(), port, path, literal);
    }

    private static boolean isSecure(String scheme) throws InvalidUrl {
        return switch (scheme.toLowerCase(Locale.ROOT)) {
            case "https" -> true;
            case "http" -> false;
            default -> throw new InvalidUrl(Rule.URL, "a URL of a server begins with https:// or http://");
        };
    }

    private static void checkCharacters(String text) throws InvalidUrl {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '?') {
                throw new InvalidUrl(Rule.URL, "a URL of a server has no query");
            }
            if (c == '#') {
                throw new InvalidUrl(Rule.URL, "a URL of a server has no fragment");
            }
        }
    }

    private static int port(String text) throws InvalidUrl {
        int port = 0;
        for (int i = 0; i < text.length() && port <= 65_535; i++) {
            char c = text.charAt(i);
            port = c >= '0' && c <= '9' ? 10 * port + c - '0' : Integer.MAX_VALUE;
        }
        if (port < 1 || port > 65_535) {
            throw new InvalidUrl(Rule.URL, "a port is a number from 1 to 65535");
        }
        return port;
    }

    private static Host host(String text) throws InvalidUrl {
        try {
            Host host = Host.parse(text);
            if (host.address() != null && AddressClass.of(host.address()) == AddressClass.FORBIDDEN) {
                throw new InvalidUrl(
                        Rule.ADDRESS,
                        "the address " + host.text()
                                + " is refused: link-local, unspecified, multicast and metadata addresses are never called");
            }
            return host;
        } catch (InvalidHost e) {
            throw new InvalidUrl(Rule.URL, e.message());
        }
    }

    private static String path(String text) throws InvalidUrl {
        try {
            String path = RequestPath.parse(text).raw();
            return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        } catch (AmbiguousPath e) {
            throw new InvalidUrl(Rule.URL, "the path of the URL cannot be used: " + e.getMessage());
        }
    }

    /** Whether the host is this very machine, by a loopback address or {@code localhost}. */
    boolean isLoopback() {
        if (host.equals("localhost")) {
            return true;
        }
        try {
            InetAddress address =
                    Host.parse(host.indexOf(':') >= 0 ? "[" + host + "]" : host).address();
            return address != null && address.isLoopbackAddress();
        } catch (InvalidHost e) {
            return false;
        }
    }

    /** The URL as text, without a trailing slash. */
    @Override
    public String toString() {
        if (host.startsWith("$")) {
            return host + path;
        }
        String name = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        String suffix = port == (secure ? 443 : 80) ? "" : ":" + port;
        return (secure ? "https://" : "http://") + name + suffix + path;
    }

    /** A text that is no URL of a server; the message is for the document's author. */
    public static final class InvalidUrl extends Exception {
        private static final long serialVersionUID = 1L;

        private final Rule rule;
        private final String message;

        InvalidUrl(Rule rule, String message) {
            super(message, null, false, false);
            this.rule = rule;
            this.message = message;
        }

        /** What is wrong and how to mend it. */
        public String message() {
            return message;
        }

        /** {@link Rule#URL}, or {@link Rule#ADDRESS} for an address that no document may name. */
        public Rule rule() {
            return rule;
        }
    }
}
