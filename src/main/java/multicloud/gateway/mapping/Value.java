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

/** A value of a mapping, compiled: reads what it needs of an exchange. Safe for use by many threads. */
@FunctionalInterface
interface Value {
    /** The text for one exchange, or null where it comes to nothing. */
    @Nullable
    String of(Exchange exchange);

    /** Compiles a template for a route. */
    static Value compile(Template template, PathPattern pattern) {
        List<Value> values =
                template.parts().stream().map(part -> compile(part, pattern)).toList();
        return values.size() == 1 ? values.getFirst() : exchange -> joined(values, exchange);
    }

    /** One absent part makes the whole absent. */
    private static @Nullable String joined(List<Value> values, Exchange exchange) {
        StringBuilder text = new StringBuilder();
        for (Value value : values) {
            String part = value.of(exchange);
            if (part == null) {
                return null;
            }
            text.append(part);
        }
        return text.toString();
    }

    private static Value compile(Template.Part part, PathPattern pattern) {
        return switch (part) {
            case Template.Text(String text) -> exchange -> text;
            case Template.Variable variable -> exchange -> variable.value();
            case Template.Reference reference -> compile(reference, pattern);
        };
    }

    private static Value compile(Template.Reference reference, PathPattern pattern) {
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

    private static Value parameter(String name, PathPattern pattern) {
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
