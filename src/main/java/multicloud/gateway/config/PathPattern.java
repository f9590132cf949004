package multicloud.gateway.config;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import multicloud.gateway.http.RequestPath;
import multicloud.gateway.http.RequestPath.AmbiguousPath;

/**
 * The path of a route: literal segments, {@code {name}} for one segment, {@code {name+}} (or {@code {.+}}) at the end for the
 * rest, the base itself included. A trailing slash means nothing.
 *
 * @param text as the document has it
 * @param segments in order; a {@link Wildcard} only as the last
 */
public record PathPattern(String text, List<Segment> segments) {
    private static final int MOST_SEGMENTS = 128;

    /** The name of the wildcard written {@code {.+}}. */
    public static final String ANONYMOUS = ".";

    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    public PathPattern {
        segments = List.copyOf(segments);
    }

    /** One segment of a pattern. */
    public sealed interface Segment {}

    /** Exactly this text, decoded. */
    public record Literal(String text) implements Segment {}

    /** Any one segment. */
    public record Parameter(String name) implements Segment {}

    /** All that is left, even nothing. */
    public record Wildcard(String name) implements Segment {}

    /**
     * Reads a pattern.
     *
     * @throws InvalidPattern when it is none; the message says why and how to mend it
     */
    public static PathPattern parse(String text) throws InvalidPattern {
        if (!text.startsWith("/")) {
            throw new InvalidPattern("a path begins with a slash: " + Names.quoted("/" + text));
        }
        if (text.indexOf('?') >= 0 || text.indexOf('#') >= 0) {
            throw new InvalidPattern("a path has no query and no fragment; conditions on the query go into \"match\"");
        }
        List<Segment> segments = new ArrayList<>();
        Set<String> names = new HashSet<>();
        String[] parts = text.length() == 1 ? new String[0] : text.substring(1).split("/", -1);
        int count = parts.length > 0 && parts[parts.length - 1].isEmpty() ? parts.length - 1 : parts.length;
        if (count > MOST_SEGMENTS) {
            throw new InvalidPattern("a path has at most " + MOST_SEGMENTS + " segments, this one has " + count);
        }
        for (int i = 0; i < count; i++) {
            Segment segment = segment(parts[i]);
            String name = nameOf(segment);
            if (!name.isEmpty() && !names.add(name)) {
                throw new InvalidPattern("the parameter " + Names.quoted(name) + " is there twice");
            }
            if (segment instanceof Wildcard && i < count - 1) {
                throw new InvalidPattern("a wildcard is the last segment of a path");
            }
            segments.add(segment);
        }
        return new PathPattern(text, segments);
    }

    /** The names of its parameters and its wildcard, in order. */
    public List<String> names() {
        List<String> names = new ArrayList<>();
        for (Segment segment : segments) {
            String name = nameOf(segment);
            if (!name.isEmpty()) {
                names.add(name);
            }
        }
        return names;
    }

    /** What its parameters are in a path that it matches, decoded, in order. */
    public Map<String, String> parameters(RequestPath path) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (int i = 0; i < segments.size(); i++) {
            switch (segments.get(i)) {
                case Literal literal -> {}
                case Parameter(String name) -> parameters.put(name, path.segment(i));
                case Wildcard(String name) -> parameters.put(name, path.from(i));
            }
        }
        return parameters;
    }

    /** Whether its last segment takes the rest of the path. */
    public boolean hasWildcard() {
        return !segments.isEmpty() && segments.getLast() instanceof Wildcard;
    }

    /** The pattern with its parameters' names left out: two routes of one shape match the same paths. */
    public String shape() {
        StringBuilder shape = new StringBuilder();
        for (Segment segment : segments) {
            switch (segment) {
                case Literal literal -> shape.append("/=").append(literal.text());
                case Parameter parameter -> shape.append("/{}");
                case Wildcard wildcard -> shape.append("/{+}");
            }
        }
        return shape.toString();
    }

    private static String nameOf(Segment segment) {
        return switch (segment) {
            case Literal literal -> "";
            case Parameter parameter -> parameter.name();
            case Wildcard wildcard -> wildcard.name();
        };
    }

    private static Segment segment(String part) throws InvalidPattern {
        if (part.isEmpty()) {
            throw new InvalidPattern("a path has no empty segment");
        }
        if (part.indexOf('{') < 0 && part.indexOf('}') < 0) {
            return literal(part);
        }
        if (part.equals("{.+}")) {
            return new Wildcard(ANONYMOUS);
        }
        if (part.startsWith("{") && part.endsWith("}")) {
            String inner = part.substring(1, part.length() - 1);
            boolean wildcard = inner.endsWith("+");
            String name = wildcard ? inner.substring(0, inner.length() - 1) : inner;
            if (isName(name)) {
                return wildcard ? new Wildcard(name) : new Parameter(name);
            }
        }
        throw new InvalidPattern(
                Names.quoted(part)
                        + " is no segment: a parameter is a whole segment {name} of letters, digits, _ and -, a wildcard is {name+} or {.+}");
    }

    private static boolean isName(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
            if (!letter && (i == 0 || !((c >= '0' && c <= '9') || c == '-'))) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    private static Segment literal(String part) throws InvalidPattern {
        String escaped = isAscii(part) ? part : escaped(part);
        try {
            RequestPath path = RequestPath.parse("/".concat(escaped));
            if (path.hasEncodedSlash()) {
                throw new InvalidPattern(
                        Names.quoted(part) + " holds an encoded slash, which only a parameter or wildcard can take");
            }
            return new Literal(path.segment(0));
        } catch (AmbiguousPath e) {
            throw new InvalidPattern("no request can have the segment " + Names.quoted(part) + ": " + e.getMessage());
        }
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    /** Characters outside ASCII as a client has to send them. */
    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (b < 0) {
                escaped.append('%').append(HEX[(b >> 4) & 0xf]).append(HEX[b & 0xf]);
            } else {
                escaped.append((char) b);
            }
        }
        return escaped.toString();
    }

    /** A text that is no pattern; the message is for the document's author. */
    public static final class InvalidPattern extends Exception {
        private static final long serialVersionUID = 1L;

        private final String message;

        InvalidPattern(String message) {
            super(message, null, false, false);
            this.message = message;
        }

        /** What is wrong and how to mend it. */
        public String message() {
            return message;
        }
    }
}
