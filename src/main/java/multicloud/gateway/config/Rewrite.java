package multicloud.gateway.config;

import java.util.ArrayList;
import java.util.List;
import multicloud.gateway.http.RequestPath;
import multicloud.gateway.http.RequestPath.AmbiguousPath;

/**
 * A path with references to a route's parameters: {@code /internal/{id}}.
 *
 * @param text as the document has it
 * @param parts literal text and parameters, in order; of a reference that was left unresolved a path that shows it
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
            throw new InvalidRewrite("a rewrite begins with a slash: " + Names.quoted("/" + text));
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
        checkPath(parts);
        return new Rewrite(text, parts);
    }

    /** With something in the place of each reference it must be a path that means one thing. */
    private static void checkPath(List<Part> parts) throws InvalidRewrite {
        StringBuilder path = new StringBuilder();
        for (Part part : parts) {
            switch (part) {
                case Text literal -> path.append(literal.text());
                case Reference reference -> path.append('x');
            }
        }
        try {
            RequestPath.parse(path.toString());
        } catch (AmbiguousPath e) {
            throw new InvalidRewrite("no upstream could be sent this rewrite: " + e.getMessage());
        }
    }

    private static void literal(String text, List<Part> parts) throws InvalidRewrite {
        if (text.isEmpty()) {
            return;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c >= 0x7f || c == '?' || c == '#' || c == '}' || c == '\\') {
                throw new InvalidRewrite("a rewrite is a percent-encoded path without query: "
                        + Names.quoted(String.valueOf(c)) + " cannot stand in it");
            }
        }
        parts.add(new Text(text));
    }

    private static Reference reference(String inner, PathPattern pattern) throws InvalidRewrite {
        String name = inner.equals(".+")
                ? PathPattern.ANONYMOUS
                : inner.endsWith("+") ? inner.substring(0, inner.length() - 1) : inner;
        if (!pattern.names().contains(name)) {
            throw new InvalidRewrite("the path has no parameter " + Names.quoted("{" + inner + "}"));
        }
        return new Reference(name);
    }

    /** A text that is no rewrite; the message is for the document's author. */
    public static final class InvalidRewrite extends Exception {
        private static final long serialVersionUID = 1L;

        private final String message;

        InvalidRewrite(String message) {
            super(message, null, false, false);
            this.message = message;
        }

        /** What is wrong and how to mend it. */
        public String message() {
            return message;
        }
    }
}
