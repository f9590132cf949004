package multicloud.gateway.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A path with references to a route's parameters: {@code /internal/{id}}.
 *
 * @param text as the document has it
 * @param parts literal text and parameters, in order
 */
public record Rewrite(String text, List<Part> parts) {
    public Rewrite {
        parts = List.copyOf(parts);
    }

    /** A stretch of the path. */
    public sealed interface Part {}

    /** Text that stays. */
    public record Text(String text) implements Part {}

    /** The segment (or, for a wildcard, the rest) that the route's parameter took, as the client sent it. */
    public record Reference(String name) implements Part {}

    /**
     * Reads a rewrite.
     *
     * @throws InvalidRewrite when it is none, or names a parameter the pattern does not have
     */
    public static Rewrite parse(String text, PathPattern pattern) throws InvalidRewrite {
        if (!text.startsWith("/")) {
            throw new InvalidRewrite("a rewrite begins with a slash: \"/" + text + "\"");
        }
        List<Part> parts = new ArrayList<>();
        int from = 0;
        while (from < text.length()) {
            int open = text.indexOf('{', from);
            literal(text.substring(from, open < 0 ? text.length() : open), parts);
            if (open < 0) {
                break;
            }
            int close = text.indexOf('}', open);
            if (close < 0) {
                throw new InvalidRewrite("a \"{\" has no \"}\"");
            }
            parts.add(reference(text.substring(open + 1, close), pattern));
            from = close + 1;
        }
        return new Rewrite(text, parts);
    }

    private static void literal(String text, List<Part> parts) throws InvalidRewrite {
        if (text.isEmpty()) {
            return;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c >= 0x7f || c == '?' || c == '#' || c == '}' || c == '\\') {
                throw new InvalidRewrite(String.format(
                        Locale.ROOT,
                        "a rewrite is a percent-encoded path without query: \"%c\" cannot stand in it",
                        c));
            }
        }
        parts.add(new Text(text));
    }

    private static Reference reference(String inner, PathPattern pattern) throws InvalidRewrite {
        String name = inner.equals(".+")
                ? PathPattern.ANONYMOUS
                : inner.endsWith("+") ? inner.substring(0, inner.length() - 1) : inner;
        if (!pattern.names().contains(name)) {
            throw new InvalidRewrite("the path " + pattern.text() + " has no parameter {" + inner + "}");
        }
        return new Reference(name);
    }

    /** A text that is no rewrite; the message is for the document's author. */
    public static final class InvalidRewrite extends Exception {
        private static final long serialVersionUID = 1L;

        InvalidRewrite(String message) {
            super(message, null, false, false);
        }
    }
}
