package multicloud.gateway.policy;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import multicloud.gateway.http.Answers;
import multicloud.gateway.http.Body;
import multicloud.gateway.http.BodyFailure;
import multicloud.gateway.http.Deadline;
import multicloud.gateway.http.Exchange;
import multicloud.gateway.http.Failure;
import multicloud.gateway.http.Handler;
import multicloud.gateway.http.Notes;
import multicloud.gateway.http.Response;
import multicloud.gateway.http.TimedStream;
import org.jspecify.annotations.Nullable;

/** Bounds the request's body, whether its length is known beforehand or not, and notes how much of it was read. */
public final class BodyLimit implements Policy {
    private static final int SHORT = 16 * 1024;
    private static final int REPEATED = 256 * 1024;

    private final long limit;
    private final Duration total;
    private final @Nullable Semaphore places;

    /**
     * A policy that takes at most {@code limit} bytes.
     *
     * @param total how long a body may take that is read whole
     * @param places for bodies that may have to be sent again, so that up to 256 KB of one are read before anybody is called; a body that
     *     finds none free is passed on as it comes, and sent once. Null where none has to be sent again
     */
    public BodyLimit(long limit, Duration total, @Nullable Semaphore places) {
        this.limit = limit;
        this.total = total;
        this.places = places;
    }

    /** So many places that bodies which wait to be sent again fill at most a quarter of the memory. */
    public static Semaphore places(long memory) {
        return new Semaphore((int) Math.max(1, Math.min(Integer.MAX_VALUE, memory / 4 / REPEATED)));
    }

    @Override
    public Handler around(Handler next) {
        return exchange -> {
            Body body = exchange.request().body();
            if (body.length() > limit) {
                return Answers.of(Failure.BODY_TOO_LARGE, exchange);
            }
            if (body.isBuffered()) {
                exchange.notes().bytesIn(body.length());
                return next.handle(exchange);
            }
            if (body.length() > 0 && body.length() <= SHORT) {
                return whole(exchange, body, next);
            }
            if (places != null && body.length() > 0 && body.length() <= REPEATED && places.tryAcquire()) {
                try {
                    return whole(exchange, body, next);
                } finally {
                    places.release();
                }
            }
            Body bounded = Body.streamed(new Bounded(body.stream(), limit, exchange.notes()), body.length());
            return next.handle(exchange.withRequest(exchange.request().withBody(bounded)));
        };
    }

    /** Reads a short body before anything else is kept waiting for it; so it can be sent again, too. */
    private Response whole(Exchange exchange, Body body, Handler next) {
        Body read;
        try {
            body.within(exchange.deadline().orAfter(total));
            read = Body.of(body.bytes(REPEATED, Failure.BODY_TOO_LARGE));
        } catch (BodyFailure e) {
            return Answers.of(e.failure(), exchange);
        } catch (IOException e) {
            return Answers.of(Failure.MALFORMED_REQUEST, exchange);
        }
        exchange.notes().bytesIn(read.length());
        return next.handle(exchange.withRequest(exchange.request().withBody(read)));
    }

    private static final class Bounded extends InputStream implements TimedStream {
        private final InputStream in;
        private final long limit;
        private final Notes notes;
        private long count;

        Bounded(InputStream in, long limit, Notes notes) {
            this.in = in;
            this.limit = limit;
            this.notes = notes;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = in.read(bytes, offset, length);
            if (read > 0) {
                count += read;
                notes.bytesIn(count);
            }
            if (count > limit) {
                throw new BodyFailure(Failure.BODY_TOO_LARGE);
            }
            return read;
        }

        @Override
        public void within(Deadline deadline) {
            if (in instanceof TimedStream timed) {
                timed.within(deadline);
            }
        }

        @Override
        public int available() throws IOException {
            return in.available();
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
