package multicloud.gateway.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request for any edge.
 *
 * @param fields lines of {@code name: value}
 * @param body one char for each byte; null for none
 */
public record Ask(
        String method,
        String target,
        List<String> fields,
        @Nullable String body) {
    public static final String HOST = "gateway.test";

    public static Ask get(String target, String... fields) {
        return new Ask("GET", target, List.of(fields), null);
    }

    public static Ask ask(String method, String target, String... fields) {
        return new Ask(method, target, List.of(fields), null);
    }

    public Ask with(String newBody) {
        return new Ask(method, target, fields, newBody);
    }

    /** The same with one more field. */
    public Ask and(String field) {
        List<String> more = new ArrayList<>(fields);
        more.add(field);
        return new Ask(method, target, more, body);
    }

    byte[] bytes() {
        return body == null ? new byte[0] : body.getBytes(ISO_8859_1);
    }

    static String name(String field) {
        return field.substring(0, field.indexOf(':'));
    }

    static String value(String field) {
        return field.substring(field.indexOf(':') + 1).strip();
    }
}
