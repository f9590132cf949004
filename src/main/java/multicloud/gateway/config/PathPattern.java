package multicloud.gateway.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
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
    /** The name of the wildcard written {@code {.+}}. */
    public static final String ANONYMOUS = ".";

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*");

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
            throw new InvalidPattern("a path begins with a slash: \"/" + text + "\"");
        }
        if (text.indexOf('?') >= 0 || text.indexOf('#') >= 0) {
            throw new InvalidPattern("a path has no query and no fragment; conditions on the query go into \"match\"");
        }
        List<Segment> segments = new ArrayList<>();
        Set<String> names = new HashSet<>();
        String[] parts = text.length() == 1 ? new String[0] : text.substring(1).split("/", -1);
        int count = parts.length > 0 && parts[parts.length - 1].isEmpty() ? parts.length - 1 : parts.length;
        for (int i = 0; i < count; i++) {
            Segment segment = segment(parts[i]);
            String name = nameOf(segment);
            if (!name.isEmpty() && !names.add(name)) {
                throw new InvalidPattern("the parameter \"" + name + "\" is there twice");
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
        return segments.stream()
                .map(PathPattern::nameOf)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    /** Whether its last segment takes the rest of the path. */
    public boolean hasWildcard() {
        return !segments.isEmpty() && segments.getLast() instanceof Wildcard;
    }

    /** The pattern with its parameters' names left out: two routes of one shape match the same paths. */
    public String shape() {
        StringBuilder shape = new StringBuilder();
        for (Segment segment : segments) {
            shape.append(
                    switch (segment) {
                        case Literal literal -> "/=" + literal.text().replace("/", "%2F");
                        case Parameter parameter -> "/{}";
                        case Wildcard wildcard -> "/{+}";
                    });
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
            if (NAME.matcher(name).matches()) {
                return wildcard ? new Wildcard(name) : new Parameter(name);
            }
        }
        throw new InvalidPattern(
                "\"" + part
                        + "\" is no segment: a parameter is a whole segment {name} of letters, digits, _ and -, a wildcard is {name+} or {.+}");
    }

    private static Segment literal(String part) throws InvalidPattern {
        StringBuilder escaped = new StringBuilder(part.length());
        for (byte b : part.getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
            if (b < 0) {
                escaped.append('%').append("%02X".formatted(b & 0xff));
            } else {
                escaped.append((char) b);
            }
        }
        try {
            RequestPath path = RequestPath.parse("/" + escaped);
            if (path.hasEncodedSlash()) {
                throw new InvalidPattern(
                        "\"" + part + "\" holds an encoded slash, which only a parameter or wildcard can take");
            }
            return new Literal(path.segment(0));
        } catch (AmbiguousPath e) {
            throw new InvalidPattern("no request can have the segment \"" + part + "\": " + e.getMessage());
        }
    }

    /** A text that is no pattern; the message is for the document's author. */
    public static final class InvalidPattern extends Exception {
        private static final long serialVersionUID = 1L;

        InvalidPattern(String message) {
            super(message, null, false, false);
        }
    }
}
