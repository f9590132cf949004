package multicloud.gateway.testing;

import java.io.IOException;
import java.io.InputStream;

/** A long content that need not be held in memory: which byte stands where is known, so any shift, gap or repetition is seen. */
public final class Pattern extends InputStream {
    private final long length;
    private long at;

    /** So many bytes of it. */
    public Pattern(long length) {
        this.length = length;
    }

    /** So many bytes of it, in memory. */
    public static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = at(i);
        }
        return bytes;
    }

    /** How many bytes of a stream, read to its end, are those of the pattern; fails at the first that is not. */
    public static long readFrom(InputStream in) throws IOException {
        byte[] piece = new byte[16 * 1024];
        long at = 0;
        for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
            at = check(piece, count, at);
        }
        return at;
    }

    /** Where the pattern goes on behind these bytes, which stand at that place; fails at the first that does not. */
    public static long check(byte[] bytes, int count, long at) {
        for (int i = 0; i < count; i++) {
            if (bytes[i] != at(at + i)) {
                throw new AssertionError("byte " + (at + i) + " is another one");
            }
        }
        return at + count;
    }

    /** A letter or sign of ASCII, so that it can be taken for a text too. */
    private static byte at(long index) {
        return (byte) (' ' + (index * 31 + index / 997) % 95);
    }

    @Override
    public int read() {
        return at == length ? -1 : at(at++);
    }

    @Override
    public int read(byte[] bytes, int from, int count) {
        if (at == length) {
            return count == 0 ? 0 : -1;
        }
        int most = (int) Math.min(count, length - at);
        for (int i = 0; i < most; i++) {
            bytes[from + i] = at(at++);
        }
        return most;
    }
}
