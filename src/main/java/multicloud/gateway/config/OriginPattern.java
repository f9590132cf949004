package multicloud.gateway.config;

import multicloud.gateway.config.Host.InvalidHost;

/**
 * An origin (RFC 6454, section 6.2), or many: {@code https://*.example.com}, {@code http://localhost:*}. Compared byte for byte, as
 * browsers write origins.
 *
 * @param text as the document has it
 * @param before what an origin begins with, up to the host's wildcard; the whole of it where there is none
 * @param after what stands behind the host's wildcard, up to the port's
 */
public record OriginPattern(String text, String before, String after, boolean anySubdomain, boolean anyPort) {
    private static final int LONGEST_PORT = 5;

    /**
     * Reads an origin.
     *
     * @throws InvalidOrigin when no browser would ever send it, or its wildcard stands where it could match another's site
     */
    static OriginPattern parse(String text) throws InvalidOrigin {
        int scheme = text.indexOf("://");
        if (scheme <= 0 || !isScheme(text.substring(0, scheme))) {
            throw new InvalidOrigin(
                    text.equals("null")
                            ? "\"null\" is what sandboxed pages of anybody send"
                            : "an origin is scheme://host or scheme://host:port, in lower case");
        }
        String authority = text.substring(scheme + 3);
        if (authority.indexOf('/') >= 0) {
            throw new InvalidOrigin("an origin has no path, and no slash at its end");
        }
        int colon = authority.endsWith("]") ? -1 : authority.lastIndexOf(':');
        String host = colon < 0 ? authority : authority.substring(0, colon);
        String port = colon < 0 ? "" : authority.substring(colon + 1);
        boolean anySubdomain = host.startsWith("*.");
        boolean anyPort = port.equals("*");
        checkHost(anySubdomain ? host.substring(2) : host);
        if (colon >= 0 && !anyPort) {
            checkPort(port, text.substring(0, scheme));
        }
        String end = anyPort || colon < 0 ? "" : ":" + port;
        String start = text.substring(0, scheme + 3);
        return anySubdomain
                ? new OriginPattern(text, start, host.substring(1) + end, true, anyPort)
                : new OriginPattern(text, start + host + end, "", false, anyPort);
    }

    /** Whether a browser's Origin field is one of these. */
    public boolean matches(String origin) {
        String rest = origin;
        if (anyPort) {
            int colon = origin.lastIndexOf(':');
            if (colon < 0 || !isPort(origin, colon + 1)) {
                return false;
            }
            rest = origin.substring(0, colon);
        }
        if (!anySubdomain) {
            return rest.equals(before);
        }
        int end = rest.length() - after.length();
        return end > before.length()
                && rest.startsWith(before)
                && rest.endsWith(after)
                && isSubdomain(rest, before.length(), end);
    }

    private static boolean isSubdomain(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            boolean label = c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-';
            boolean dot = c == '.' && i > from && i < to - 1 && text.charAt(i - 1) != '.';
            if (!label && !dot) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPort(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return text.length() > from && text.length() - from <= LONGEST_PORT;
    }

    private static boolean isScheme(String scheme) {
        for (int i = 0; i < scheme.length(); i++) {
            char c = scheme.charAt(i);
            boolean letter = c >= 'a' && c <= 'z';
            if (!letter && (i == 0 || !(c >= '0' && c <= '9' || c == '+' || c == '-' || c == '.'))) {
                return false;
            }
        }
        return true;
    }

    private static void checkHost(String host) throws InvalidOrigin {
        if (host.indexOf('*') >= 0) {
            throw new InvalidOrigin("a * stands for the first labels of a host, \"https://*.example.com\", or for the"
                    + " whole port, \"http://localhost:*\"");
        }
        try {
            Host parsed = Host.parse(host);
            String written = parsed.text().indexOf(':') >= 0 ? "[" + parsed.text() + "]" : parsed.text();
            if (!written.equals(host)) {
                throw new InvalidOrigin("browsers write an origin in lower case: " + Names.quoted(written));
            }
        } catch (InvalidHost e) {
            throw new InvalidOrigin(e.message());
        }
    }

    private static void checkPort(String port, String scheme) throws InvalidOrigin {
        if (!isPort(port, 0) || port.startsWith("0") || Integer.parseInt(port) > 65_535) {
            throw new InvalidOrigin("a port is a number from 1 to 65535");
        }
        if (scheme.equals("https") && port.equals("443") || scheme.equals("http") && port.equals("80")) {
            throw new InvalidOrigin("browsers leave out the port that is the scheme's own");
        }
    }

    /** A text that is no origin; the message is for the document's author. */
    static final class InvalidOrigin extends Exception {
        private static final long serialVersionUID = 1L;

        private final String message;

        InvalidOrigin(String message) {
            super(message, null, false, false);
            this.message = message;
        }

        String message() {
            return message;
        }
    }
}
