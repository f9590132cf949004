package multicloud.gateway.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.nio.charset.StandardCharsets;

/** A fault of syntax in the words of somebody who has to mend it. */
record SyntaxFault(int offset, String message) {

    /** What the parser found; {@code token} is where the last whole token began, for faults that name no place. */
    static SyntaxFault of(byte[] document, JsonProcessingException fault, int token) {
        String said = fault.getOriginalMessage();
        int at = fault.getLocation() == null ? token : (int) fault.getLocation().getByteOffset();
        int offset = Math.clamp(at, 0, document.length);
        if (isEnd(fault)) {
            return new SyntaxFault(offset, "the document ends here in the middle: " + unclosed(said));
        }
        if (said.startsWith("Non-standard token") || said.startsWith("Unrecognized token")) {
            return word(document, offset);
        }
        return new SyntaxFault(offset, message(document, offset, said));
    }

    /** Whether the parser came to the end of the text too early. */
    static boolean isEnd(JsonProcessingException fault) {
        return fault.getOriginalMessage().startsWith("Unexpected end-of-input");
    }

    private static String unclosed(String said) {
        return said.contains("VALUE_STRING") || said.contains("field name") || said.contains("escape")
                ? "a string is not closed"
                : "an object or array is not closed";
    }

    /** A word that is no value: the parser stands before it or behind. */
    private static SyntaxFault word(byte[] document, int offset) {
        int start = offset;
        while (start > 0 && isWord(document[start - 1])) {
            start--;
        }
        int end = start;
        while (end < document.length && isWord(document[end])) {
            end++;
        }
        String word = new String(document, start, end - start, StandardCharsets.UTF_8);
        return new SyntaxFault(
                start,
                Names.quoted(word)
                        + " is no JSON: a value is a string in double quotes, a number, true, false, null, an object or an array");
    }

    private static boolean isWord(byte b) {
        return b == '-' || b == '+' || b == '_' || Character.isLetterOrDigit(b);
    }

    private static String message(byte[] document, int offset, String said) {
        char c = offset < document.length ? (char) document[offset] : ' ';
        boolean unexpected = said.startsWith("Unexpected character");
        if (unexpected && (c == '/' || c == '#')) {
            return "JSON has no comments";
        }
        if (unexpected && c == '\'') {
            return "keys and strings stand in double quotes";
        }
        if (unexpected && (c == '}' || c == ']') && before(document, offset) == ',') {
            return "a comma stands before this \"" + c + "\" and nothing follows it: remove the comma";
        }
        if (said.startsWith("Illegal unquoted character")) {
            return "a line break or control character inside a string must be escaped, as \\n or \\t";
        }
        if (said.contains("was expecting comma")) {
            return "a comma is missing before this";
        }
        return "malformed JSON: " + plain(said);
    }

    private static char before(byte[] document, int offset) {
        int i = offset - 1;
        while (i > 0 && document[i] <= ' ') {
            i--;
        }
        return i < 0 ? ' ' : (char) document[i];
    }

    /** Without the parser's own settings and source. */
    private static String plain(String said) {
        String plain = said;
        for (String tail :
                new String[] {": enable `", " (for Array starting", " (for Object starting", " (start marker", "\n"}) {
            int cut = plain.indexOf(tail);
            plain = cut < 0 ? plain : plain.substring(0, cut);
        }
        return plain;
    }
}
