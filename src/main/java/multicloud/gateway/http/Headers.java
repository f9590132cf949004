package multicloud.gateway.http;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The header fields of a message: an ordered multimap whose names compare without regard to case (RFC 9110, section 5).
 *
 * <p>Names and values are kept as they came. A value holds one char per byte (ISO 8859-1), so that any bytes survive.
 * Immutable and safe for use by many threads.
 */
public final class Headers {
    private static final Headers EMPTY = new Headers(new String[0]);

    private final String[] fields;

    private Headers(String[] fields) {
        this.fields = fields;
    }

    /** No fields at all. */
    public static Headers empty() {
        return EMPTY;
    }

    /**
     * The fields given as name, value, name, value.
     *
     * @throws IllegalArgumentException when a name has no value
     */
    public static Headers of(String... namesAndValues) {
        if (namesAndValues.length % 2 != 0) {
            throw new IllegalArgumentException("a name without a value");
        }
        return new Headers(namesAndValues.clone());
    }

    /** A builder with room for some twelve fields. */
    public static Builder builder() {
        return builder(12);
    }

    /** A builder with room for so many fields before it grows. */
    public static Builder builder(int fields) {
        return new Builder(2 * fields);
    }

    /** A builder that starts with these fields. */
    public Builder toBuilder() {
        Builder builder = new Builder(fields.length + 16);
        System.arraycopy(fields, 0, builder.fields, 0, fields.length);
        builder.length = fields.length;
        return builder;
    }

    /** How many fields there are; a name that came twice counts twice. */
    public int size() {
        return fields.length / 2;
    }

    /** The name of field {@code index}, as it came. */
    public String name(int index) {
        return fields[2 * index];
    }

    /** The value of field {@code index}, as it came. */
    public String value(int index) {
        return fields[2 * index + 1];
    }

    /** The first value of that name, or null. */
    public @Nullable String first(String name) {
        for (int i = 0; i < fields.length; i += 2) {
            if (fields[i].equalsIgnoreCase(name)) {
                return fields[i + 1];
            }
        }
        return null;
    }

    /** All values of that name, in order. */
    public List<String> all(String name) {
        List<String> values = new ArrayList<>(2);
        for (int i = 0; i < fields.length; i += 2) {
            if (fields[i].equalsIgnoreCase(name)) {
                values.add(fields[i + 1]);
            }
        }
        return values;
    }

    /** All values of that name joined by a comma, which is what Lambda makes of repeated fields; null when there is none. */
    public @Nullable String joined(String name) {
        String joined = null;
        for (int i = 0; i < fields.length; i += 2) {
            if (fields[i].equalsIgnoreCase(name)) {
                joined = joined == null ? fields[i + 1] : joined + "," + fields[i + 1];
            }
        }
        return joined;
    }

    /** Whether there is a field of that name. */
    public boolean contains(String name) {
        return first(name) != null;
    }

    /** Calls {@code each} with every name and value, in order. */
    public void forEach(BiConsumer<String, String> each) {
        for (int i = 0; i < fields.length; i += 2) {
            each.accept(fields[i], fields[i + 1]);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Headers headers && Arrays.equals(fields, headers.fields);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(fields);
    }

    /** The names alone: values may be secrets. */
    @Override
    public String toString() {
        StringBuilder names = new StringBuilder("[");
        for (int i = 0; i < fields.length; i += 2) {
            names.append(i == 0 ? "" : ", ").append(fields[i].toLowerCase(Locale.ROOT));
        }
        return names.append(']').toString();
    }

    /** Collects fields. Not safe for use by several threads. */
    public static final class Builder {
        private String[] fields;
        private int length;

        private Builder(int room) {
            fields = new String[room];
        }

        /** Adds a field after those already there. */
        public Builder add(String name, String value) {
            if (length == fields.length) {
                fields = Arrays.copyOf(fields, 2 * length + 8);
            }
            fields[length++] = name;
            fields[length++] = value;
            return this;
        }

        /** Removes every field of that name, then adds this one. */
        public Builder set(String name, String value) {
            return remove(name).add(name, value);
        }

        /** Removes every field of that name. */
        public Builder remove(String name) {
            return removeIf(name::equalsIgnoreCase);
        }

        /** Removes every field whose name the test accepts. */
        public Builder removeIf(Predicate<String> test) {
            int kept = 0;
            for (int i = 0; i < length; i += 2) {
                if (!test.test(fields[i])) {
                    fields[kept] = fields[i];
                    fields[kept + 1] = fields[i + 1];
                    kept += 2;
                }
            }
            length = kept;
            return this;
        }

        /** The fields collected so far. */
        public Headers build() {
            return length == 0 ? EMPTY : new Headers(Arrays.copyOf(fields, length));
        }
    }
}
