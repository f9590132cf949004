package multicloud.gateway.testing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** So many bytes of the {@link Pattern}, and then whatever is to come. Knows which thread reads it. */
public final class Halting extends InputStream {
    /** What is read behind the bytes: a count of further ones, -1, or a failure. */
    @FunctionalInterface
    public interface Rest {
        int read() throws IOException;
    }

    private final InputStream start;
    private final Rest rest;
    private final CompletableFuture<Thread> reader = new CompletableFuture<>();
    private final CountDownLatch halted = new CountDownLatch(1);

    public Halting(int length, Rest rest) {
        this.start = new ByteArrayInputStream(Pattern.bytes(length));
        this.rest = rest;
    }

    /** Goes on with this when it is let to. */
    public static Halting until(CountDownLatch latch, int length, Rest rest) {
        return new Halting(length, () -> {
            await(latch);
            return rest.read();
        });
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            if (!latch.await(30, TimeUnit.SECONDS)) {
                throw new IOException("nobody has let it go on");
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    /** Waits until all of the bytes have been read, and more is wanted. */
    public void awaitHalt() throws InterruptedException {
        if (!halted.await(30, TimeUnit.SECONDS)) {
            throw new AssertionError("nobody reads so far");
        }
    }

    /** Waits for the end of the thread that reads this; says whether it came within some seconds. */
    public boolean isReaderGone() throws Exception {
        return reader.get(5, TimeUnit.SECONDS).join(Duration.ofSeconds(5));
    }

    @Override
    public int read() {
        throw new AssertionError("bytes are read in pieces");
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        reader.complete(Thread.currentThread());
        int count = start.read(bytes, from, length);
        if (count >= 0) {
            return count;
        }
        halted.countDown();
        return rest.read();
    }
}
