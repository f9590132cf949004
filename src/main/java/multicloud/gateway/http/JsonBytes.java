package multicloud.gateway.http;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
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

    /** How much of a text is copied at a time. */
    private static final int BLOCK = 1024;

    private static final int LONGEST_ESCAPE = 6;
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final int limit;
    private byte[] bytes;
    private int length;
    private boolean separate;

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
        int from = 0;
        while (from < text.length()) {
            int to = Math.min(text.length(), from + BLOCK);
            if (to < text.length() && Character.isHighSurrogate(text.charAt(to - 1))) {
                to++;
            }
            copy(text, from, to);
            from = to;
        }
        put((byte) '"');
        return this;
    }

    /** A text given as its UTF-8 bytes. */
    public JsonBytes utf8(byte[] text) {
        separate();
        put((byte) '"');
        for (int from = 0; from < text.length && length <= limit; from += BLOCK) {
            copy(text, from, Math.min(text.length, from + BLOCK));
        }
        put((byte) '"');
        return this;
    }

    /** A text of bytes that need no escape, such as base64. */
    public JsonBytes plain(byte[] text) {
        separate();
        put((byte) '"');
        room(text.length);
        System.arraycopy(text, 0, bytes, length, text.length);
        length += text.length;
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
        return length > limit;
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
        copy(ascii, 0, ascii.length());
        return this;
    }

    private void separate() {
        if (separate) {
            put((byte) ',');
        }
        separate = true;
    }

    private void copy(String text, int from, int to) {
        room(LONGEST_ESCAPE * (to - from));
        byte[] out = bytes;
        int at = length;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                if (ESCAPES[c] == 0) {
                    out[at++] = (byte) c;
                } else {
                    at = escape((byte) c, out, at);
                }
            } else if (Character.isHighSurrogate(c) && i + 1 < to && Character.isLowSurrogate(text.charAt(i + 1))) {
                at = encode(Character.toCodePoint(c, text.charAt(++i)), out, at);
            } else {
                at = encode(Character.isSurrogate(c) ? '?' : c, out, at);
            }
        }
        length = at;
    }

    /** Eight bytes are written at a time, so there is always room for so many more than are left. */
    private void copy(byte[] text, int from, int to) {
        room(to - from + Long.BYTES);
        int at = length;
        int i = from;
        while (i < to) {
            if (i + Long.BYTES <= to) {
                long eight = (long) LONGS.get(text, i);
                LONGS.set(bytes, at, eight);
                int plain = plainBytes(eight);
                i += plain;
                at += plain;
                if (plain == Long.BYTES) {
                    continue;
                }
            }
            byte b = text[i++];
            if (b < 0 || ESCAPES[b] == 0) {
                bytes[at++] = b;
            } else {
                length = at;
                room(LONGEST_ESCAPE + to - i + Long.BYTES);
                at = escape(b, bytes, at);
            }
        }
        length = at;
    }

    /** How many of eight bytes, from the lowest, need no escape: below a space, a quote, a backslash and DEL are found all at once. */
    private static int plainBytes(long eight) {
        long control = eight - 0x20 * ONES & ~eight;
        long quote = zeros(eight ^ '"' * ONES);
        long backslash = zeros(eight ^ '\\' * ONES);
        long del = zeros(eight ^ 0x7f * ONES);
        long found = (control | quote | backslash | del) & HIGH_BITS;
        return Long.numberOfTrailingZeros(found) / Byte.SIZE;
    }

    private static long zeros(long eight) {
        return eight - ONES & ~eight;
    }

    private static int escape(byte c, byte[] out, int from) {
        int at = from;
        out[at++] = '\\';
        out[at++] = ESCAPES[c];
        if (ESCAPES[c] == 'u') {
            out[at++] = '0';
            out[at++] = '0';
            out[at++] = HEX[c >> 4];
            out[at++] = HEX[c & 15];
        }
        return at;
    }

    private static int encode(int point, byte[] out, int from) {
        int at = from;
        if (point < 0x80) {
            out[at++] = (byte) point;
            return at;
        }
        int more = point < 0x800 ? 1 : point < 0x10000 ? 2 : 3;
        out[at++] = (byte) (0xff00 >> more + 1 | point >> 6 * more);
        for (int i = more - 1; i >= 0; i--) {
            out[at++] = (byte) (0x80 | point >> 6 * i & 0x3f);
        }
        return at;
    }

    private void put(byte b) {
        room(1);
        bytes[length++] = b;
    }

    /** Makes room beyond the limit too, for no more than one block: what is too long shows at the end. */
    private void room(int more) {
        if (more > bytes.length - length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }
}
