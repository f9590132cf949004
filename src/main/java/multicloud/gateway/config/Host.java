package multicloud.gateway.config;

import java.net.InetAddress;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A host as it stands in a URL: a DNS name (RFC 1123, underscores too), or an IP address written literally (RFC 3986, section
 * 3.2.2). The shorthands some tools take for IPv4 addresses (octal, hexadecimal, fewer than four numbers) are none.
 *
 * @param text in lower case; an IPv6 address without brackets
 * @param address what is written literally, or null for a name
 */
record Host(String text, @Nullable InetAddress address) {
    private static final int LONGEST_NAME = 253;
    private static final int LONGEST_LABEL = 63;

    /** Reads a host without port. */
    static Host parse(String text) throws InvalidHost {
        String host = text.toLowerCase(Locale.ROOT);
        if (host.isEmpty()) {
            throw new InvalidHost("the host is missing");
        }
        if (host.startsWith("[") && host.endsWith("]")) {
            return v6(host.substring(1, host.length() - 1));
        }
        if (host.indexOf(':') >= 0) {
            throw new InvalidHost("a host has no colon: an IPv6 address stands in brackets");
        }
        if (host.length() > LONGEST_NAME) {
            throw new InvalidHost("the host has more than " + LONGEST_NAME + " characters");
        }
        int last = checkLabels(host);
        return looksNumeric(host.substring(last)) ? v4(host) : new Host(host, null);
    }

    /** Where the last label begins. */
    private static int checkLabels(String host) throws InvalidHost {
        int start = 0;
        for (int i = 0; i <= host.length(); i++) {
            char c = i < host.length() ? host.charAt(i) : '.';
            if (c == '.') {
                checkLabel(host, start, i);
                start = i < host.length() ? i + 1 : start;
            } else if (!isNameCharacter(c)) {
                throw new InvalidHost(
                        c < 0x80
                                ? "a host has only letters, digits, dots, - and _"
                                : "a host has only ASCII characters: write an international name in its xn-- form");
            }
        }
        return start;
    }

    private static void checkLabel(String host, int start, int end) throws InvalidHost {
        if (start == end) {
            throw new InvalidHost(
                    end == host.length()
                            ? "a host does not end with a dot"
                            : "the host has an empty part between its dots");
        }
        if (end - start > LONGEST_LABEL) {
            throw new InvalidHost("a part of the host has more than " + LONGEST_LABEL + " characters");
        }
        if (host.charAt(start) == '-' || host.charAt(end - 1) == '-') {
            throw new InvalidHost("no part of a host begins or ends with a hyphen");
        }
    }

    private static boolean isNameCharacter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    }

    /** Whether a name that ends so would be read as an IPv4 address by some (WHATWG URL, section 3.5). */
    private static boolean looksNumeric(String label) {
        int i = label.startsWith("0x") ? 2 : 0;
        boolean hexadecimal = i > 0;
        for (; i < label.length(); i++) {
            if (Character.digit(label.charAt(i), hexadecimal ? 16 : 10) < 0) {
                return false;
            }
        }
        return true;
    }

    private static Host v4(String text) throws InvalidHost {
        if (!isDottedQuad(text)) {
            throw new InvalidHost("an IPv4 address is four decimal numbers from 0 to 255, without leading zeros");
        }
        return new Host(text, InetAddress.ofLiteral(text));
    }

    private static boolean isDottedQuad(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            return false;
        }
        for (String part : parts) {
            boolean leadingZero = part.length() > 1 && part.charAt(0) == '0';
            if (part.isEmpty() || part.length() > 3 || leadingZero) {
                return false;
            }
            for (int i = 0; i < part.length(); i++) {
                if (part.charAt(i) < '0' || part.charAt(i) > '9') {
                    return false;
                }
            }
            if (Integer.parseInt(part) > 255) {
                return false;
            }
        }
        return true;
    }

    private static Host v6(String text) throws InvalidHost {
        int tail = text.lastIndexOf(':') + 1;
        boolean plain = tail > 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            plain &= c == ':' || c == '.' || Character.digit(c, 16) >= 0 && c < 0x80;
        }
        if (!plain || (text.indexOf('.') >= 0 && !isDottedQuad(text.substring(tail)))) {
            throw new InvalidHost("there is no IPv6 address in the brackets");
        }
        try {
            return new Host(text, InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException e) {
            throw new InvalidHost("there is no IPv6 address in the brackets");
        }
    }

    /** A text that is no host; the message is for the document's author. */
    static final class InvalidHost extends Exception {
        private static final long serialVersionUID = 1L;

        private final String message;

        InvalidHost(String message) {
            super(message, null, false, false);
            this.message = message;
        }

        String message() {
            return message;
        }
    }
}
