package multicloud.gateway.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * The content of a message, buffered or streamed.
 *
 * <p>A buffered body may be read any number of times and by many threads; a streamed one once, by one thread, and must be
 * closed. Closing a streamed body before its end gives up the rest of it (and the connection it came on).
 */
public abstract sealed class Body implements AutoCloseable {
    private static final Body ABSENT = new Buffered(new byte[0]);
    private static final Body EMPTY = new Buffered(new byte[0]);

    private Body() {}

    /** No body: the message has no framing fields for one. */
    public static Body absent() {
        return ABSENT;
    }

    /** A body of no bytes, which is said as {@code Content-Length: 0}. */
    public static Body empty() {
        return EMPTY;
    }

    /** A body held in memory. The array is not copied: do not change it afterwards. */
    public static Body of(byte[] bytes) {
        return bytes.length == 0 ? EMPTY : new Buffered(bytes);
    }

    /**
     * A body that is read as it comes.
     *
     * @param length in bytes, or -1 when it is not known beforehand
     */
    public static Body streamed(InputStream stream, long length) {
        return new Streamed(stream, length);
    }

    /** Whether the message has no body at all, as opposed to an empty one. */
    public boolean isAbsent() {
        return this == ABSENT;
    }

    /** Whether the whole body is held in memory. */
    public abstract boolean isBuffered();

    /**
     * Whether the body can still be read from its first byte, so that a request may be repeated: always of a buffered body,
     * of a streamed one until somebody has asked for its bytes.
     */
    public abstract boolean isReplayable();

    /** The length in bytes, or -1 when it is not known before the end. */
    public abstract long length();

    /** The bytes as a stream; of a streamed body always the same stream. */
    public abstract InputStream stream();

    /**
     * All bytes.
     *
     * @param limit the most bytes taken
     * @throws BodyFailure with {@code tooLarge} when there are more than {@code limit}; with another failure when the body
     *     breaks off
     */
    public abstract byte[] bytes(int limit, Failure tooLarge) throws IOException;

    /** Has reads fail by that deadline where they wait for a sender; a buffered body never waits. */
    public void within(Deadline deadline) {}

    @Override
    public abstract void close();

    private static final class Buffered extends Body {
        private final byte[] bytes;

        Buffered(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public boolean isBuffered() {
            return true;
        }

        @Override
        public boolean isReplayable() {
            return true;
        }

        @Override
        public long length() {
            return bytes.length;
        }

        @Override
        public InputStream stream() {
            return new ByteArrayInputStream(bytes);
        }

        @Override
        public byte[] bytes(int limit, Failure tooLarge) throws BodyFailure {
            if (bytes.length > limit) {
                throw new BodyFailure(tooLarge);
            }
            return bytes;
        }

        @Override
        public void close() {}
    }

    private static final class Streamed extends Body {
        private final InputStream stream;
        private final long length;
        private volatile boolean begun;

        Streamed(InputStream stream, long length) {
            this.stream = stream;
            this.length = length;
        }

        @Override
        public boolean isBuffered() {
            return false;
        }

        @Override
        public boolean isReplayable() {
            return !begun;
        }

        @Override
        public long length() {
            return length;
        }

        @Override
        public InputStream stream() {
            begun = true;
            return stream;
        }

        @Override
        public void within(Deadline deadline) {
            if (stream instanceof TimedStream timed) {
                timed.within(deadline);
            }
        }

        @Override
        public byte[] bytes(int limit, Failure tooLarge) throws IOException {
            begun = true;
            try (stream) {
                if (length > limit) {
                    throw new BodyFailure(tooLarge);
                }
                byte[] bytes = stream.readNBytes(length >= 0 ? (int) length : limit);
                if (length < 0 && bytes.length == limit && stream.read() >= 0) {
                    throw new BodyFailure(tooLarge);
                }
                return bytes;
            }
        }

        @Override
        public void close() {
            try {
                stream.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
