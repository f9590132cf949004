package multicloud.gateway.mapping;

import java.util.List;
import multicloud.gateway.config.PathPattern;
import multicloud.gateway.config.PathPattern.Literal;
import multicloud.gateway.config.PathPattern.Parameter;
import multicloud.gateway.config.PathPattern.Segment;
import multicloud.gateway.config.PathPattern.Wildcard;
import multicloud.gateway.config.Template;
import multicloud.gateway.http.Claims;
import multicloud.gateway.http.Exchange;
import multicloud.gateway.http.FieldText;
import multicloud.gateway.http.Identity;
import multicloud.gateway.http.Query;
import org.jspecify.annotations.Nullable;

/** A value of a mapping, compiled: reads what it needs of an exchange. Immutable and safe for use by many threads. */
final class Value {
    private final Template template;
    private final List<Piece> pieces;

    /** What one part of the template comes to. */
    @FunctionalInterface
    private interface Piece {
        @Nullable
        String of(Exchange exchange);
    }

    private Value(Template template, List<Piece> pieces) {
        this.template = template;
        this.pieces = pieces;
    }

    /** Compiles a template for a route. */
    static Value compile(Template template, PathPattern pattern) {
        return new Value(
                template,
                template.parts().stream().map(part -> compile(part, pattern)).toList());
    }

    /** The text for one exchange, or null where it comes to nothing: one absent part makes the whole absent. */
    @Nullable
    String of(Exchange exchange) {
        if (pieces.size() == 1) {
            return pieces.getFirst().of(exchange);
        }
        StringBuilder text = new StringBuilder();
        for (Piece piece : pieces) {
            String part = piece.of(exchange);
            if (part == null) {
                return null;
            }
            text.append(part);
        }
        return text.toString();
    }

    /** What is known of it before the exchange is served; null where it comes to nothing in any case. */
    @Nullable
    Shown shown(Exchange exchange) {
        StringBuilder text = new StringBuilder();
        boolean known = true;
        boolean exact = true;
        for (int i = 0; i < pieces.size(); i++) {
            Template.Part part = template.parts().get(i);
            String mask = part instanceof Template.Variable variable ? variable.mask() : null;
            String shown = mask == null ? pieces.get(i).of(exchange) : mask;
            if (isUnknown(part, exchange)) {
                known = false;
            } else if (shown == null) {
                return null;
            } else {
                text.append(shown);
            }
            exact &= mask == null;
        }
        return known ? new Shown(text.toString(), exact) : new Shown(template.text(), false);
    }

    /** Whether only serving the exchange brings it to light. */
    private static boolean isUnknown(Template.Part part, Exchange exchange) {
        return part instanceof Template.Reference reference
                && switch (reference.kind()) {
                    case ID, IP -> true;
                    case CLAIM -> exchange.identity() != null;
                    case HEADER, QUERY, PATH, METHOD, CONFIG -> false;
                };
    }

    private static Piece compile(Template.Part part, PathPattern pattern) {
        return switch (part) {
            case Template.Text(String text) -> exchange -> text;
            case Template.Variable variable -> exchange -> variable.value();
            case Template.Reference reference -> compile(reference, pattern);
        };
    }

    private static Piece compile(Template.Reference reference, PathPattern pattern) {
        String name = reference.name();
        return switch (reference.kind()) {
            case HEADER -> exchange -> header(name, exchange);
            case QUERY -> exchange -> Query.first(exchange.request().target().query(), name);
            case PATH -> parameter(name, pattern);
            case CLAIM -> exchange -> claim(name, exchange.identity());
            case ID -> Exchange::id;
            case IP -> exchange -> exchange.client().ip();
            case METHOD -> exchange -> exchange.request().method();
            case CONFIG -> throw new IllegalArgumentException("a variable that is not defined: " + name);
        };
    }

    private static @Nullable String header(String name, Exchange exchange) {
        String bytes = exchange.request().headers().joined(name);
        return bytes == null ? null : FieldText.toText(bytes);
    }

    private static Piece parameter(String name, PathPattern pattern) {
        List<Segment> segments = pattern.segments();
        for (int i = 0; i < segments.size(); i++) {
            int index = i;
            switch (segments.get(i)) {
                case Literal literal -> {}
                case Parameter(String own)
                when own.equals(name) -> {
                    return exchange -> exchange.path().segment(index);
                }
                case Wildcard(String own)
                when own.equals(name) -> {
                    return exchange -> exchange.path().from(index);
                }
                case Parameter other -> {}
                case Wildcard other -> {}
            }
        }
        throw new IllegalArgumentException("no parameter " + name);
    }

    private static @Nullable String claim(String name, @Nullable Identity identity) {
        return identity == null ? null : Claims.text(Claims.find(identity.claims(), name));
    }
}
