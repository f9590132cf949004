package multicloud.gateway.http;

import java.util.Locale;

/** The few rules of RFC 9110 for the characters of fields and for lists. */
public final class Grammar {
    private static final boolean[] TOKEN = new boolean[128];

    static {
        for (char c = '0'; c <= 'z'; c++) {
            TOKEN[c] = Character.isLetterOrDigit(c);
        }
        for (char c : "!#$%&'*+-.^_`|~".toCharArray()) {
            TOKEN[c] = true;
        }
    }

    private Grammar() {}

    /** Whether a text is a token (RFC 9110, section 5.6.2). */
    public static boolean isToken(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= TOKEN.length || !TOKEN[c]) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /** A field's name as lenient servers read it: in any case, and with an underscore for a hyphen. */
    public static String spelling(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether a text holds only visible characters, spaces, tabs and bytes from 0x80 (RFC 9110, section 5.5). */
    public static boolean isFieldText(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < ' ' && c != '\t') || c == 0x7f || c > 0xff) {
                return false;
            }
        }
        return true;
    }

    /** Whether a comma-separated list, which may be spread over several fields, has this member, in any case. */
    public static boolean lists(Headers headers, String name, String member) {
        for (int i = 0; i < headers.size(); i++) {
            if (headers.name(i).equalsIgnoreCase(name) && listed(headers.value(i), member)) {
                return true;
            }
        }
        return false;
    }

    private static boolean listed(String list, String member) {
        int from = 0;
        while (from <= list.length()) {
            int comma = list.indexOf(',', from);
            int to = comma < 0 ? list.length() : comma;
            if (list.substring(from, to).strip().equalsIgnoreCase(member)) {
                return true;
            }
            from = to + 1;
        }
        return false;
    }
}
