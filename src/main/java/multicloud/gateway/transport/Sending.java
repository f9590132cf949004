package multicloud.gateway.transport;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import multicloud.gateway.http.BodyFailure;
import multicloud.gateway.http.Deadline;
import multicloud.gateway.http.Failure;
import multicloud.gateway.http.Timeouts;
import org.apache.hc.core5.http.HttpException;
import org.jspecify.annotations.Nullable;

/**
 * The sending of one request. A long one is sent by a thread of its own, for a peer that answers while it still reads may read no
 * further until its answer is taken. A short one is sent by the caller: it fits into the buffers on the way.
 *
 * <p>It also sets how long reads may take, since that depends on how far the sending is: while it goes on only the call's own limits
 * bound them, for the peer may have nothing to say yet. Safe for use by the sending thread and the one that reads the answer.
 */
final class Sending implements Runnable {
    /** An answer to a request that could not be sent to its end has been there before, or is on its way. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final RequestWriter writer;
    private final Http1Connection connection;
    private final Timeouts timeouts;
    private final Deadline total;
    private final Deadline headBy;
    private final Watchdog watchdog;
    private final Wire wire;
    private final long sentBefore;
    private final ReentrantLock lock = new ReentrantLock();
    private final CountDownLatch over = new CountDownLatch(1);
    private boolean answered;
    private volatile @Nullable Throwable problem;
    private @Nullable Thread thread;

    Sending(RequestWriter writer, Http1Connection connection, Call call, Watchdog watchdog) {
        this.writer = writer;
        this.connection = connection;
        this.timeouts = call.timeouts();
        this.total = call.deadline();
        this.headBy = call.headBy();
        this.watchdog = watchdog;
        this.wire = connection.wire();
        this.sentBefore = wire.out().sent();
    }

    /** Begins; a short request has been sent, or has failed to be, when this returns. */
    void start() {
        wire.within(headBy);
        wire.in().letLimitMove(writer.isLong());
        if (writer.isLong()) {
            thread = Thread.ofVirtual().name("send").start(this);
        } else {
            run();
        }
    }

    @Override
    public void run() {
        boolean watched = writer.isLong() || connection.isPerhapsFull();
        connection.sentMuch(writer.isLong());
        Throwable thrown = null;
        try (Watch _ = watched ? watchdog.watch(wire.out(), timeouts.idle().toNanos()) : null) {
            writer.send();
        } catch (IOException | HttpException | RuntimeException | Error e) {
            thrown = e;
        }
        end(thrown);
    }

    private void end(@Nullable Throwable thrown) {
        lock.lock();
        try {
            problem = thrown;
            if (thrown != null && !isThePeers(thrown)) {
                connection.close();
            } else if (answered) {
                wire.in().within(total, timeouts.idle().toNanos());
            } else {
                Duration wait = thrown == null ? timeouts.firstByte() : grace();
                wire.in().within(headBy.orAfter(wait), WireInput.NO_IDLE_LIMIT);
            }
            over.countDown();
        } finally {
            lock.unlock();
        }
    }

    /** How long a peer is listened to that answers and stops reading. One that took nothing for too long has been listened to already. */
    private Duration grace() {
        if (!hasSent() || wire.out().expired()) {
            return Duration.ZERO;
        }
        return timeouts.firstByte().compareTo(GRACE) < 0 ? timeouts.firstByte() : GRACE;
    }

    private static boolean isThePeers(Throwable thrown) {
        return thrown instanceof IOException && !(thrown instanceof BodyFailure);
    }

    /** The head of the answer has come: what is read now is its body. */
    void answered() {
        lock.lock();
        try {
            answered = true;
            wire.out().within(total);
            wire.in().within(total, isOver() ? timeouts.idle().toNanos() : WireInput.NO_IDLE_LIMIT);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Has no more sent, without waiting for that: a sender that waits for its body sees it at the next piece, or is interrupted where
     * the calling thread is.
     */
    void stop() {
        writer.stop();
        if (thread != null && Thread.currentThread().isInterrupted()) {
            thread.interrupt();
        }
    }

    /** Whether nothing more will be sent. */
    boolean isOver() {
        return over.getCount() == 0;
    }

    /** Whether all of the request has been sent. */
    boolean isWhole() {
        return isOver() && problem == null;
    }

    /** Whether anything of the request may have reached the peer. What has not by the time the connection is closed never will. */
    boolean hasSent() {
        return wire.out().isWriting() || wire.out().sent() > sentBefore;
    }

    /**
     * Waits until nothing more will be sent, or the call's time is over. That a peer has taken no more than a part until then is no
     * failure, since it has answered.
     *
     * @throws BodyFailure when the body could not be read, or did not come in time
     */
    void await() throws BodyFailure {
        boolean inTime;
        try {
            inTime = over.await(Math.max(0, total.remainingNanos()), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BodyFailure(
                    Failure.UPSTREAM_RESET, new InterruptedIOException("interrupted while the request was being sent"));
        }
        if (problem() instanceof BodyFailure unreadable) {
            throw unreadable;
        }
        if (!inTime && isStarved()) {
            throw new BodyFailure(Failure.REQUEST_TIMEOUT);
        }
    }

    /** Why the request could not be sent to its end; null when it could, or still may. A bug in its body is thrown. */
    @Nullable
    IOException problem() {
        return switch (problem) {
            case null -> null;
            case IOException e -> e;
            case RuntimeException bug -> throw bug;
            case Error bug -> throw bug;
            case Throwable e -> new IOException(e);
        };
    }

    /** Which of the gateway's failures a {@link #problem} is. */
    Failure failureOf(IOException thrown) {
        return thrown instanceof BodyFailure unreadable ? unreadable.failure() : connection.failureOfWrite(thrown);
    }

    /** Which of the gateway's failures an exception of a read is, when that fails by itself. */
    Failure failureOfRead(Exception e) {
        return wire.in().expired() && isStarved() ? Failure.REQUEST_TIMEOUT : connection.failureOfRead(e);
    }

    /** Whether it is not the peer that is waited for but whoever sends the body. */
    private boolean isStarved() {
        return writer.isWaiting();
    }
}
