package multicloud.gateway.local;

/** The rules of RFC 9110 and 9112 for the characters of a request's head. */
final class Grammar {
    private static final String MARKS = "!#$%&'*+-.^_`|~";
    private static final String HOST_MARKS = "-._~%!$&'()*+,;=:[]";

    private Grammar() {}

    /** Whether a text is a token (RFC 9110, section 5.6.2). */
    static boolean isToken(String text) {
        return !text.isEmpty() && onlyAlphanumericOr(MARKS, text);
    }

    /** Whether a text can stand in the Host field (RFC 3986, section 3.2.2, with a port perhaps). */
    static boolean isHost(String text) {
        return onlyAlphanumericOr(HOST_MARKS, text);
    }

    /** Whether a text holds visible characters, spaces, tabs and bytes from 0x80 alone (RFC 9110, section 5.5). */
    static boolean isFieldText(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' && c != '\t' || c == 0x7f) {
                return false;
            }
        }
        return true;
    }

    /** Whether a comma-separated list has this member, in any case. */
    static boolean lists(String list, String member) {
        if (list.equalsIgnoreCase(member)) {
            return true;
        }
        if (list.indexOf(',') < 0) {
            return false;
        }
        for (String entry : list.split(",", -1)) {
            if (entry.strip().equalsIgnoreCase(member)) {
                return true;
            }
        }
        return false;
    }

    private static boolean onlyAlphanumericOr(String marks, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean alphanumeric = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (!alphanumeric && marks.indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }
}
