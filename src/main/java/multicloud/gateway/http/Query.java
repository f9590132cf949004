package multicloud.gateway.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads decoded values out of a raw query without changing it ({@code application/x-www-form-urlencoded}: + is a space), takes
 * parameters out of it and adds others. Broken escapes stay as they are.
 */
public final class Query {
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    /** What needs no escape beside letters and digits. */
    private static final String UNRESERVED = "-._~";

    private Query() {}

    /** The decoded values of a decoded name, in order; a name without {@code =} has an empty value. */
    public static List<String> values(@Nullable String rawQuery, String name) {
        List<String> values = new ArrayList<>(1);
        visit(rawQuery, parameter -> {
            if (name(parameter).equals(name)) {
                values.add(value(parameter));
            }
            return true;
        });
        return values;
    }

    /** The first of the decoded values of a decoded name, or null. */
    public static @Nullable String first(@Nullable String rawQuery, String name) {
        List<String> found = new ArrayList<>(1);
        visit(rawQuery, parameter -> {
            if (name(parameter).equals(name)) {
                found.add(value(parameter));
            }
            return found.isEmpty();
        });
        return found.isEmpty() ? null : found.getFirst();
    }

    /** The query without the parameters of these decoded names; all others keep their bytes and their order. */
    public static String without(@Nullable String rawQuery, Collection<String> names) {
        List<String> kept = new ArrayList<>();
        visit(rawQuery, parameter -> {
            if (!names.contains(name(parameter))) {
                kept.add(parameter);
            }
            return true;
        });
        return String.join("&", kept);
    }

    /** Adds a parameter, escaped so that every reader takes it for what it is (RFC 3986, section 2). */
    public static void append(StringBuilder rawQuery, String name, String value) {
        append(rawQuery, name, value, UNRESERVED);
    }

    /** Adds a parameter whose value is only shown: what stands for something that is not known stays readable. */
    public static void appendTemplate(StringBuilder rawQuery, String name, String template) {
        append(rawQuery, name, template, UNRESERVED + "$*{}");
    }

    private static void append(StringBuilder rawQuery, String name, String value, String kept) {
        escape(rawQuery.isEmpty() ? rawQuery : rawQuery.append('&'), name, UNRESERVED);
        escape(rawQuery.append('='), value, kept);
    }

    /** Calls {@code each} with every parameter, raw, until it has enough. */
    private static void visit(@Nullable String rawQuery, Predicate<String> each) {
        if (rawQuery == null) {
            return;
        }
        int start = 0;
        boolean more = true;
        while (more && start <= rawQuery.length()) {
            int ampersand = rawQuery.indexOf('&', start);
            int end = ampersand < 0 ? rawQuery.length() : ampersand;
            more = each.test(rawQuery.substring(start, end));
            start = end + 1;
        }
    }

    private static String name(String parameter) {
        int equals = parameter.indexOf('=');
        return decode(equals < 0 ? parameter : parameter.substring(0, equals));
    }

    private static String value(String parameter) {
        int equals = parameter.indexOf('=');
        return equals < 0 ? "" : decode(parameter.substring(equals + 1));
    }

    private static String decode(String text) {
        if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
            return text;
        }
        try {
            return URLDecoder.decode(text, UTF_8);
        } catch (IllegalArgumentException brokenEscape) {
            return text;
        }
    }

    private static void escape(StringBuilder query, String text, String kept) {
        for (byte b : text.getBytes(UTF_8)) {
            char c = (char) (b & 0xff);
            if (c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || kept.indexOf(c) >= 0) {
                query.append(c);
            } else {
                query.append('%').append(HEX[c >> 4]).append(HEX[c & 15]);
            }
        }
    }
}
