package multicloud.gateway.mapping;

import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import multicloud.gateway.config.MappingConfig;
import multicloud.gateway.config.PathPattern;
import multicloud.gateway.http.Exchange;
import multicloud.gateway.http.FieldText;
import multicloud.gateway.http.Grammar;
import multicloud.gateway.http.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Sets header fields: each is removed first, in whatever spelling it came, and set if its value comes to something. A value with a
 * line break or another control character is dropped, which the log says. Immutable and safe for use by many threads.
 */
public final class HeaderMapping {
    private final List<Field> fields;
    private final Set<String> spellings;

    private record Field(String name, @Nullable Value value) {}

    private HeaderMapping(List<Field> fields) {
        this.fields = fields;
        this.spellings = new HashSet<>();
        fields.forEach(field -> spellings.add(Grammar.spelling(field.name())));
    }

    /** The mapping of a route. */
    public static HeaderMapping of(List<MappingConfig.Entry> entries, PathPattern pattern) {
        return new HeaderMapping(entries.stream()
                .map(entry ->
                        new Field(entry.name(), entry.value() == null ? null : Value.compile(entry.value(), pattern)))
                .toList());
    }

    /** Whether there is nothing to do. */
    public boolean isEmpty() {
        return fields.isEmpty();
    }

    /** The fields as they are after it; what the values read is the exchange's own request, as it came. */
    public Headers apply(Headers headers, Exchange exchange) {
        if (fields.isEmpty()) {
            return headers;
        }
        Headers.Builder mapped = cleared(headers);
        for (Field field : fields) {
            String value = field.value() == null ? null : field.value().of(exchange);
            if (value != null) {
                String bytes = bytes(value);
                if (bytes == null) {
                    exchange.notes().dropped(field.name());
                } else {
                    mapped.add(field.name(), bytes);
                }
            }
        }
        return mapped.build();
    }

    /** What it will do, as far as that is known of an exchange that has not been served. */
    public HeaderChanges changes(Exchange exchange) {
        Map<String, Shown> set = new LinkedHashMap<>();
        List<String> removed = new ArrayList<>();
        for (Field field : fields) {
            Shown shown = field.value() == null ? null : field.value().shown(exchange);
            if (shown != null && bytes(shown.text()) != null) {
                set.put(field.name(), shown);
            } else {
                removed.add(field.name());
            }
        }
        return new HeaderChanges(set, removed);
    }

    /** The fields as they will be after it, as far as that is known of an exchange that has not been served. */
    public Headers applyShown(Headers headers, Exchange exchange) {
        Headers.Builder mapped = cleared(headers);
        changes(exchange).set().forEach((name, shown) -> {
            String bytes = bytes(shown.text());
            if (bytes != null) {
                mapped.add(name, bytes);
            }
        });
        return mapped.build();
    }

    private Headers.Builder cleared(Headers headers) {
        return headers.toBuilder().removeIf(name -> spellings.contains(Grammar.spelling(name)));
    }

    /** The value as a field has it; null for what is no text, or none that a field may have. */
    private static @Nullable String bytes(String value) {
        try {
            return FieldText.isValue(value) ? FieldText.toBytes(value) : null;
        } catch (CharacterCodingException halfACharacter) {
            return null;
        }
    }
}
