package multicloud.gateway.http;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes one JSON text (RFC 8259) as UTF-8 bytes in memory: what every request's result and log line are made with.
 *
 * <p>Commas are set where they belong; that objects and arrays are opened and closed in pairs is the caller's part. Not safe for use
 * by several threads.
 */
public final class JsonBytes {
    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};

    /** For each ASCII character: 0 where it stands for itself, the letter of its short escape, or {@code u}. */
    private static final byte[] ESCAPES = new byte[128];

    static {
        Arrays.fill(ESCAPES, 0, ' ', (byte) 'u');
        ESCAPES['"'] = '"';
        ESCAPES['\\'] = '\\';
        ESCAPES['\n'] = 'n';
        ESCAPES['\r'] = 'r';
        ESCAPES['\t'] = 't';
        ESCAPES[0x7f] = 'u';
    }

    private final int limit;
    private byte[] bytes;
    private int length;
    private boolean separate;
    private boolean overflown;

    /**
     * A text that begins empty.
     *
     * @param room the bytes it will probably have
     * @param limit the most bytes it may have; see {@link #isOverflown}
     */
    public JsonBytes(int room, int limit) {
        this.bytes = new byte[Math.max(64, Math.min(room, limit))];
        this.limit = limit;
    }

    /** Opens an object. */
    public JsonBytes object() {
        return open('{');
    }

    /** Opens an array. */
    public JsonBytes array() {
        return open('[');
    }

    /** Closes an object. */
    public JsonBytes endObject() {
        return close('}');
    }

    /** Closes an array. */
    public JsonBytes endArray() {
        return close(']');
    }

    /** A member's name, to be followed by its value. */
    public JsonBytes name(String name) {
        value(name);
        put((byte) ':');
        separate = false;
        return this;
    }

    /** A text, or null. A char that is half of a character becomes a question mark. */
    public JsonBytes value(@Nullable String text) {
        if (text == null) {
            return literal("null");
        }
        separate();
        put((byte) '"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                ascii((byte) c);
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                encode(Character.toCodePoint(c, text.charAt(++i)));
            } else {
                encode(Character.isSurrogate(c) ? '?' : c);
            }
        }
        put((byte) '"');
        return this;
    }

    /** A text given as its UTF-8 bytes. */
    public JsonBytes utf8(byte[] text) {
        separate();
        put((byte) '"');
        int from = 0;
        for (int i = 0; i < text.length; i++) {
            if (text[i] >= 0 && ESCAPES[text[i]] != 0) {
                put(text, from, i - from);
                escape(text[i]);
                from = i + 1;
            }
        }
        put(text, from, text.length - from);
        put((byte) '"');
        return this;
    }

    /** A text of bytes that need no escape, such as base64. */
    public JsonBytes plain(byte[] text) {
        separate();
        put((byte) '"');
        put(text, 0, text.length);
        put((byte) '"');
        return this;
    }

    /** A whole number. */
    public JsonBytes value(long number) {
        return literal(Long.toString(number));
    }

    public JsonBytes value(boolean truth) {
        return literal(truth ? "true" : "false");
    }

    /** Milliseconds with three decimals, from nanoseconds of zero or more. */
    public JsonBytes millis(long nanos) {
        long micros = nanos / 1000;
        long rest = micros % 1000;
        literal(Long.toString(micros / 1000));
        put((byte) '.');
        put((byte) ('0' + rest / 100));
        put((byte) ('0' + rest / 10 % 10));
        put((byte) ('0' + rest % 10));
        return this;
    }

    /** A line feed behind a whole text, which makes a line of it. */
    public JsonBytes endLine() {
        put((byte) '\n');
        return this;
    }

    /** Whether the text would have had more bytes than it may; then it is not whole and of no use. */
    public boolean isOverflown() {
        return overflown;
    }

    /** The bytes, of which the first {@link #length} count. */
    public byte[] bytes() {
        return bytes;
    }

    /** How many bytes the text has. */
    public int length() {
        return length;
    }

    private JsonBytes open(char bracket) {
        separate();
        put((byte) bracket);
        separate = false;
        return this;
    }

    private JsonBytes close(char bracket) {
        put((byte) bracket);
        separate = true;
        return this;
    }

    private JsonBytes literal(String ascii) {
        separate();
        for (int i = 0; i < ascii.length(); i++) {
            put((byte) ascii.charAt(i));
        }
        return this;
    }

    private void separate() {
        if (separate) {
            put((byte) ',');
        }
        separate = true;
    }

    private void ascii(byte c) {
        if (ESCAPES[c] == 0) {
            put(c);
        } else {
            escape(c);
        }
    }

    private void escape(byte c) {
        put((byte) '\\');
        put(ESCAPES[c]);
        if (ESCAPES[c] == 'u') {
            put((byte) '0');
            put((byte) '0');
            put(HEX[c >> 4]);
            put(HEX[c & 15]);
        }
    }

    private void encode(int point) {
        if (point < 0x80) {
            put((byte) point);
            return;
        }
        int more = point < 0x800 ? 1 : point < 0x10000 ? 2 : 3;
        put((byte) (0xff00 >> more + 1 | point >> 6 * more));
        for (int i = more - 1; i >= 0; i--) {
            put((byte) (0x80 | point >> 6 * i & 0x3f));
        }
    }

    private void put(byte b) {
        if (length == bytes.length && !grow(1)) {
            return;
        }
        bytes[length++] = b;
    }

    private void put(byte[] more, int from, int count) {
        if (count > bytes.length - length && !grow(count)) {
            return;
        }
        System.arraycopy(more, from, bytes, length, count);
        length += count;
    }

    private boolean grow(int more) {
        if (more > limit - length) {
            overflown = true;
            return false;
        }
        bytes = Arrays.copyOf(bytes, (int) Math.min(limit, Math.max(2L * bytes.length, (long) length + more)));
        return true;
    }
}
