package multicloud.gateway.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads decoded values out of a raw query without changing it ({@code application/x-www-form-urlencoded}: + is a space). */
public final class Query {
    private Query() {}

    /** The decoded values of a decoded name, in order; a name without {@code =} has an empty value. Broken escapes stay as they are. */
    public static List<String> values(@Nullable String rawQuery, String name) {
        List<String> values = new ArrayList<>(1);
        if (rawQuery == null) {
            return values;
        }
        int start = 0;
        while (start <= rawQuery.length()) {
            int end = rawQuery.indexOf('&', start);
            if (end < 0) {
                end = rawQuery.length();
            }
            int equals = rawQuery.indexOf('=', start, end);
            int nameEnd = equals < 0 ? end : equals;
            if (decode(rawQuery.substring(start, nameEnd)).equals(name)) {
                values.add(equals < 0 ? "" : decode(rawQuery.substring(equals + 1, end)));
            }
            start = end + 1;
        }
        return values;
    }

    private static String decode(String text) {
        if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
            return text;
        }
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException brokenEscape) {
            return text;
        }
    }
}
