package multicloud.gateway.mapping;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import multicloud.gateway.config.MappingConfig;
import multicloud.gateway.config.PathPattern;
import multicloud.gateway.http.Exchange;
import multicloud.gateway.http.Query;
import org.jspecify.annotations.Nullable;

/**
 * Sets query parameters: each is removed first, and appended if its value comes to something; all others keep their bytes and their
 * order. A value with half a character is dropped, which the log says. Immutable and safe for use by many threads.
 */
public final class QueryMapping {
    private final List<Parameter> parameters;
    private final List<String> names;

    private record Parameter(String name, @Nullable Value value) {}

    private QueryMapping(List<Parameter> parameters) {
        this.parameters = parameters;
        this.names = parameters.stream().map(Parameter::name).toList();
    }

    /** The mapping of a route. */
    public static QueryMapping of(List<MappingConfig.Entry> entries, PathPattern pattern) {
        List<Parameter> parameters = new ArrayList<>(entries.size());
        for (MappingConfig.Entry entry : entries) {
            parameters.add(
                    new Parameter(entry.name(), entry.value() == null ? null : Value.compile(entry.value(), pattern)));
        }
        return new QueryMapping(List.copyOf(parameters));
    }

    /** The raw query as it is after it; null where nothing is left of it. */
    public @Nullable String apply(@Nullable String rawQuery, Exchange exchange) {
        if (parameters.isEmpty()) {
            return rawQuery;
        }
        StringBuilder query = new StringBuilder(Query.without(rawQuery, names));
        for (Parameter parameter : parameters) {
            String value = parameter.value() == null ? null : parameter.value().of(exchange);
            if (value != null) {
                append(parameter.name(), value, query, exchange);
            }
        }
        return query.isEmpty() ? null : query.toString();
    }

    /** The raw query as it will be after it, as far as that is known; what is not stands there as a template. */
    public @Nullable String shown(@Nullable String rawQuery, Exchange exchange) {
        if (parameters.isEmpty()) {
            return rawQuery;
        }
        StringBuilder query = new StringBuilder(Query.without(rawQuery, names));
        for (Parameter parameter : parameters) {
            Shown shown = parameter.value() == null ? null : parameter.value().shown(exchange);
            if (shown == null || !isText(shown.text())) {
                continue;
            }
            if (shown.exact()) {
                Query.append(query, parameter.name(), shown.text());
            } else {
                Query.appendTemplate(query, parameter.name(), shown.text());
            }
        }
        return query.isEmpty() ? null : query.toString();
    }

    private static void append(String name, String value, StringBuilder query, Exchange exchange) {
        if (isText(value)) {
            Query.append(query, name, value);
        } else {
            exchange.notes().dropped(name);
        }
    }

    private static boolean isText(String value) {
        return UTF_8.newEncoder().canEncode(value);
    }
}
