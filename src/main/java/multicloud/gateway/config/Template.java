package multicloud.gateway.config;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The value of a mapped field: text, and references to what a request brings.
 *
 * <p>{@code $request.header.x-user} is a reference as the whole value, {@code Bearer ${config.token}} one within text, {@code $$} a
 * dollar. Nothing that a reference brings is expanded again.
 *
 * @param text as the document has it; of a value that a reference to the environment or a secret brought, that reference
 * @param parts in order
 */
public record Template(String text, List<Part> parts) {
    /** The names of {@code $request.NAME} that stand alone. */
    private static final List<String> FACTS = List.of("id", "ip", "method");

    private static final List<String> ROOTS = List.of(
            "request.header.NAME",
            "request.query.NAME",
            "request.path.NAME",
            "request.jwt.CLAIM",
            "request.id",
            "request.ip",
            "request.method",
            "config.NAME");

    public Template {
        parts = List.copyOf(parts);
    }

    /** A stretch of the value. */
    public sealed interface Part {}

    /** Text that is the same for every request. */
    public record Text(String text) implements Part {
        /** Never the text: a reference may have brought it. */
        @Override
        public String toString() {
            return "Text";
        }
    }

    /**
     * A variable of the document, or a reference to the environment or a secret, which are the same for every request too.
     *
     * @param mask what is shown in place of the value; null where that may be seen
     */
    public record Variable(
            String name, String value, @Nullable String mask) implements Part {
        /** Never the value. */
        @Override
        public String toString() {
            return "Variable[" + name + "]";
        }
    }

    /** Something of the request, by its kind and name; the kinds that have no name have an empty one. */
    public record Reference(Kind kind, String name) implements Part {
        /** As a document has it, without the dollar: {@code request.header.x-user}. */
        @Override
        public String toString() {
            return kind.prefix + name;
        }
    }

    /** What a reference reads. */
    public enum Kind {
        HEADER("request.header."),
        QUERY("request.query."),
        PATH("request.path."),
        CLAIM("request.jwt."),
        ID("request.id"),
        IP("request.ip"),
        METHOD("request.method"),
        /** A variable whose value is not known yet; a document that is accepted has none left. */
        CONFIG("config.");

        private final String prefix;

        Kind(String prefix) {
            this.prefix = prefix;
        }
    }

    /** A value that a reference to the environment or a secret brought. */
    static Template reference(Node.Text text) {
        return new Template(text.shown(), List.of(new Variable(text.shown(), text.value(), text.mask())));
    }

    /**
     * Reads a value.
     *
     * @throws InvalidTemplate when a dollar stands before anything but a reference or a dollar
     */
    static Template parse(String text) throws InvalidTemplate {
        boolean whole = text.startsWith("$") && !text.startsWith("$$") && !text.startsWith("${");
        return new Template(text, whole ? List.of(whole(text)) : parts(text));
    }

    private static Reference whole(String text) throws InvalidTemplate {
        for (int i = 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c == '$' || c == '{' || c == '}' || c == 0x7f) {
                throw new InvalidTemplate(
                        "text around a reference: write the reference as " + Names.quoted("${" + root(text) + "}"));
            }
        }
        return reference(text.substring(1));
    }

    private static List<Part> parts(String text) throws InvalidTemplate {
        List<Part> parts = new ArrayList<>();
        StringBuilder literal = new StringBuilder();
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c != '$') {
                literal.append(c);
                i++;
            } else if (text.startsWith("$$", i)) {
                literal.append('$');
                i += 2;
            } else if (text.startsWith("${", i)) {
                int end = text.indexOf('}', i);
                if (end < 0) {
                    throw new InvalidTemplate("a \"${\" has no \"}\"");
                }
                flush(literal, parts);
                parts.add(reference(text.substring(i + 2, end)));
                i = end + 1;
            } else {
                throw stray(text.substring(i));
            }
        }
        flush(literal, parts);
        return parts.isEmpty() ? List.of(new Text("")) : parts;
    }

    private static void flush(StringBuilder literal, List<Part> parts) {
        if (!literal.isEmpty()) {
            parts.add(new Text(literal.toString()));
            literal.setLength(0);
        }
    }

    private static InvalidTemplate stray(String from) {
        String name = root(from);
        return name.startsWith("request.") || name.startsWith("config.")
                ? new InvalidTemplate("a reference within text is written " + Names.quoted("${" + name + "}") + ", not "
                        + Names.quoted("$" + name))
                : new InvalidTemplate("a \"$\" of its own is written \"$$\"");
    }

    /** What follows a dollar, as far as it can belong to a reference. */
    private static String root(String from) {
        int end = 1;
        while (end < from.length()
                && (Character.isLetterOrDigit(from.charAt(end)) || "._-".indexOf(from.charAt(end)) >= 0)) {
            end++;
        }
        return from.substring(1, end);
    }

    private static Reference reference(String name) throws InvalidTemplate {
        for (Kind kind : Kind.values()) {
            boolean alone = !kind.prefix.endsWith(".");
            if (alone
                    ? name.equals(kind.prefix)
                    : name.length() > kind.prefix.length() && name.startsWith(kind.prefix)) {
                return new Reference(kind, name.substring(kind.prefix.length()));
            }
        }
        if (name.startsWith("env.") || name.startsWith("secret.") || name.startsWith("secrets.")) {
            throw new InvalidTemplate(Names.quoted("$" + name)
                    + " is a whole value: put it into a variable and write \"${config.NAME}\"");
        }
        String nearest =
                Names.hint(name, FACTS.stream().map(fact -> "request." + fact).toList());
        throw new InvalidTemplate("there is no " + Names.quoted("$" + name)
                + (nearest.isEmpty() ? "; there are $" + String.join(", $", ROOTS) : nearest));
    }

    /** A text that is no value of a mapping; the message is for the document's author. */
    public static final class InvalidTemplate extends Exception {
        private static final long serialVersionUID = 1L;

        private final String message;

        InvalidTemplate(String message) {
            super(message, null, false, false);
            this.message = message;
        }

        /** What is wrong and how to mend it. */
        public String message() {
            return message;
        }
    }
}
