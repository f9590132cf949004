package multicloud.gateway.mapping;

import java.nio.charset.CharacterCodingException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import multicloud.gateway.config.MappingConfig;
import multicloud.gateway.config.PathPattern;
import multicloud.gateway.http.Exchange;
import multicloud.gateway.http.FieldText;
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
        fields.forEach(field -> spellings.add(spelling(field.name())));
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
        Headers.Builder mapped = headers.toBuilder().removeIf(name -> spellings.contains(spelling(name)));
        for (Field field : fields) {
            String value = field.value() == null ? null : field.value().of(exchange);
            if (value != null) {
                set(field.name(), value, mapped, exchange);
            }
        }
        return mapped.build();
    }

    private static void set(String name, String value, Headers.Builder mapped, Exchange exchange) {
        try {
            if (FieldText.isValue(value)) {
                mapped.add(name, FieldText.toBytes(value));
                return;
            }
        } catch (CharacterCodingException halfACharacter) {
            // What is no text is dropped like what is no field.
        }
        exchange.notes().dropped(name);
    }

    /** Many servers read an underscore in a field's name as a hyphen. */
    private static String spelling(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
