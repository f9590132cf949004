package multicloud.gateway.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import multicloud.gateway.Gateway;
import multicloud.gateway.Lasting;
import multicloud.gateway.config.GatewayConfig;
import multicloud.gateway.http.Deadline;
import multicloud.gateway.http.Ticker;
import multicloud.gateway.source.LiveGateway.Status;
import multicloud.gateway.telemetry.ConfigLog;
import multicloud.gateway.transport.SocketTransport;
import multicloud.gateway.transport.Transport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When the source is looked at, and who waits for it. Time is the test's own; a look ends when the test lets it. */
@Timeout(60)
class RefresherTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final Transport transport = SocketTransport.system(null);
    private final AtomicLong millis = new AtomicLong(1_800_000_000_000L);
    private final LogLines log = new LogLines();
    private final Holder holder = new Holder("test", new ConfigLog(log, () -> Instant.ofEpochMilli(millis.get())));
    private final AtomicInteger looks = new AtomicInteger();
    private final Semaphore letThrough = new Semaphore(1_000_000);
    private final Semaphore arrived = new Semaphore(0);

    /** What the next look finds. */
    private volatile UnaryOperator<Knowledge> finds = before -> found("v" + looks.get());

    @AfterEach
    void close() {
        letThrough.release(1_000_000);
        transport.close();
    }

    private Knowledge look(Knowledge before) {
        looks.incrementAndGet();
        Knowledge found = finds.apply(before);
        arrived.release();
        letThrough.acquireUninterruptibly();
        return found;
    }

    private Knowledge found(String version) {
        Gateway gateway = Gateway.compile(
                new GatewayConfig(List.of(), List.of(), GatewayConfig.General.NONE, List.of()),
                version,
                Lasting.with(transport));
        ConfigLog.Document document = new ConfigLog.Document("test", null, version);
        return new Knowledge(
                gateway, new Knowledge.Seen(version, document, new Status.Loaded(version, List.of())), null);
    }

    private Refresher refresher(long refresh, long maxStale, Duration patience) {
        Freshness freshness = new Freshness(Duration.ofSeconds(refresh), Duration.ofSeconds(maxStale));
        return new Refresher(freshness, this::look, holder, () -> Instant.ofEpochMilli(millis.get()), patience);
    }

    /** A refresher whose source has just been looked at for the first time. */
    private Refresher loaded(long refresh, long maxStale) {
        Refresher refresher = refresher(refresh, maxStale, LONG);
        refresher.look(LONG);
        assertThat(version()).isEqualTo("v1");
        assertThat(arrived.tryAcquire()).isTrue();
        return refresher;
    }

    private String version() {
        Gateway gateway = holder.knowledge().gateway();
        return gateway == null ? null : gateway.version();
    }

    private static void request(Refresher refresher) {
        refresher.beforeRequest(Deadline.after(LONG, Ticker.SYSTEM));
    }

    private void holdLooks() {
        letThrough.drainPermits();
    }

    private void awaitLook() throws InterruptedException {
        assertThat(arrived.tryAcquire(20, TimeUnit.SECONDS)).as("a look began").isTrue();
    }

    /** Requests that arrive at once; each tells the version it would be answered from. */
    private List<Thread> requests(int count, Refresher refresher, List<String> versions) {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            threads.add(Thread.startVirtualThread(() -> {
                request(refresher);
                synchronized (versions) {
                    versions.add(version());
                }
            }));
        }
        return threads;
    }

    private static void join(List<Thread> threads) throws InterruptedException {
        for (Thread thread : threads) {
            assertThat(thread.join(LONG)).isTrue();
        }
    }

    /** Until each waits for a look. */
    private static void awaitBlocked(List<Thread> threads) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!threads.stream().allMatch(thread -> thread.getState() == Thread.State.TIMED_WAITING)) {
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.onSpinWait();
        }
    }

    @Test
    void aYoungDocumentIsNotLookedAt() {
        Refresher refresher = loaded(30, 300);
        millis.addAndGet(29_999);
        request(refresher);
        refresher.settle(LONG);
        assertThat(looks).hasValue(1);
    }

    @Test
    void anOldDocumentIsLookedAtBesideTheRequest() throws Exception {
        Refresher refresher = loaded(30, 300);
        holdLooks();
        millis.addAndGet(30_000);
        request(refresher);
        assertThat(version()).isEqualTo("v1");
        awaitLook();
        letThrough.release(1);
        refresher.settle(LONG);
        assertThat(version()).isEqualTo("v2");
    }

    @Test
    void aDocumentIsAsOldAsTheBeginningOfItsLook() throws Exception {
        Refresher refresher = loaded(30, 300);
        holdLooks();
        millis.addAndGet(30_000);
        request(refresher);
        awaitLook();
        millis.addAndGet(9_000);
        letThrough.release(1);
        refresher.settle(LONG);
        letThrough.release(10);
        millis.addAndGet(21_000);
        request(refresher);
        refresher.settle(LONG);
        assertThat(looks).hasValue(3);
    }

    @Test
    void manyRequestsShareOneLook() throws Exception {
        Refresher refresher = loaded(30, 300);
        holdLooks();
        millis.addAndGet(300_000);
        List<String> versions = new ArrayList<>();
        List<Thread> threads = requests(200, refresher, versions);
        awaitLook();
        letThrough.release(1);
        join(threads);
        assertThat(looks).hasValue(2);
        assertThat(versions).hasSize(200).containsOnly("v2");
    }

    @Test
    void aTooOldDocumentIsWaitedFor() throws Exception {
        Refresher refresher = loaded(30, 300);
        holdLooks();
        millis.addAndGet(300_000);
        List<String> versions = new ArrayList<>();
        List<Thread> threads = requests(1, refresher, versions);
        awaitLook();
        assertThat(versions).isEmpty();
        letThrough.release(1);
        join(threads);
        assertThat(versions).containsExactly("v2");
    }

    @Test
    void aClockThatWentBackCountsAsTooOld() {
        Refresher refresher = loaded(30, 300);
        millis.addAndGet(-1);
        request(refresher);
        assertThat(version()).isEqualTo("v2");
    }

    @Test
    void aRestoredEnvironmentTrustsNothingOfBefore() {
        Refresher refresher = loaded(30, 300);
        refresher.distrust();
        request(refresher);
        assertThat(version()).isEqualTo("v2");
    }

    @Test
    void withoutRefreshEveryRequestLooks() {
        Refresher refresher = loaded(0, 300);
        request(refresher);
        request(refresher);
        assertThat(version()).isEqualTo("v3");
    }

    @Test
    void withoutRefreshNoRequestIsServedWhatWasLookedUpBeforeIt() throws Exception {
        Refresher refresher = loaded(0, 300);
        holdLooks();
        List<String> early = new ArrayList<>();
        List<String> late = new ArrayList<>();
        List<Thread> threads = new ArrayList<>(requests(1, refresher, early));
        awaitLook();
        threads.addAll(requests(50, refresher, late));
        awaitBlocked(threads);
        letThrough.release(1);
        awaitLook();
        letThrough.release(100);
        join(threads);
        assertThat(early).hasSize(1);
        assertThat(late).hasSize(50).containsOnly("v3");
        assertThat(looks).as("one look for all who came during the other").hasValue(3);
    }

    @Test
    void aFailedLookIsTriedAgainAfterASecond() {
        Refresher refresher = loaded(30, 300);
        finds = before -> before.failing("gone");
        millis.addAndGet(300_000);
        request(refresher);
        assertThat(looks).hasValue(2);
        millis.addAndGet(999);
        request(refresher);
        assertThat(looks).hasValue(2);
        millis.addAndGet(1);
        request(refresher);
        assertThat(looks).hasValue(3);
        assertThat(version()).isEqualTo("v1");
    }

    @Test
    void aFailedLookMakesADocumentNoYounger() {
        Refresher refresher = loaded(30, 300);
        finds = before -> before.failing("gone");
        millis.addAndGet(299_000);
        request(refresher);
        refresher.settle(LONG);
        finds = before -> found("back");
        millis.addAndGet(1_000);
        request(refresher);
        assertThat(version()).as("waited for, being too old").isEqualTo("back");
    }

    @Test
    void withoutAnyDocumentEachRequestWaitsForALookASecond() {
        Refresher refresher = refresher(30, 300, LONG);
        finds = before -> before.failing("empty bucket");
        refresher.look(LONG);
        request(refresher);
        assertThat(looks).hasValue(1);
        millis.addAndGet(1_000);
        request(refresher);
        assertThat(looks).hasValue(2);
        finds = before -> found("first");
        millis.addAndGet(1_000);
        request(refresher);
        assertThat(version()).isEqualTo("first");
        assertThat(log.events()).containsExactly("unreachable", "loaded");
    }

    @Test
    void aRefusedFirstDocumentIsLookedAtEverySecondToo() {
        Refresher refresher = refresher(30, 300, LONG);
        ConfigLog.Document document = new ConfigLog.Document("test", "1", "bad");
        Status.Refused refused = new Status.Refused(List.of("1:1: error: bad ()"));
        finds = before -> new Knowledge(null, new Knowledge.Seen("1", document, refused), null);
        refresher.look(LONG);
        millis.addAndGet(1_000);
        finds = before -> found("mended");
        request(refresher);
        assertThat(version()).isEqualTo("mended");
        assertThat(log.events()).containsExactly("refused", "loaded");
    }

    @Test
    void aSlowLookIsGivenUpByItsRequestAndSaidOnce() {
        loaded(30, 300);
        Refresher refresher = refresher(0, 0, Duration.ofMillis(30));
        holdLooks();
        request(refresher);
        assertThat(version()).isEqualTo("v1");
        millis.addAndGet(30);
        request(refresher);
        assertThat(log.events()).containsExactly("loaded", "unreachable");
        assertThat(looks).as("calls never pile up").hasValue(2);
        letThrough.release(1);
        refresher.settle(LONG);
        assertThat(version()).isEqualTo("v2");
        assertThat(log.events()).containsExactly("loaded", "unreachable", "loaded");
    }

    @Test
    void aRequestWaitsNoLongerThanItsOwnDeadline() {
        Refresher refresher = loaded(0, 0);
        holdLooks();
        refresher.beforeRequest(Deadline.after(Duration.ofMillis(20), Ticker.SYSTEM));
        assertThat(version()).isEqualTo("v1");
    }

    @Test
    void aLookThatWasFrozenIsGivenUpAndItsFindingsAreNotTaken() throws Exception {
        Refresher refresher = loaded(30, 300);
        holdLooks();
        millis.addAndGet(30_000);
        request(refresher);
        awaitLook();
        millis.addAndGet(3_600_000);
        List<String> versions = new ArrayList<>();
        List<Thread> threads = requests(1, refresher, versions);
        awaitLook();
        letThrough.release(2);
        join(threads);
        assertThat(versions).containsExactly("v3");
        assertThat(version()).as("not replaced by the frozen look").isEqualTo("v3");
    }

    @Test
    void aLookOfBeforeASnapshotIsNotTakenAfterIt() throws Exception {
        Refresher refresher = loaded(30, 300);
        holdLooks();
        millis.addAndGet(30_000);
        request(refresher);
        awaitLook();
        refresher.distrust();
        List<String> versions = new ArrayList<>();
        List<Thread> threads = requests(1, refresher, versions);
        awaitLook();
        letThrough.release(2);
        join(threads);
        assertThat(versions).containsExactly("v3");
    }

    @Test
    void settlingWaitsForTheLookUnderWayAndNoLongerThanAsked() throws Exception {
        Refresher refresher = loaded(30, 300);
        refresher.settle(LONG);
        holdLooks();
        millis.addAndGet(30_000);
        request(refresher);
        awaitLook();
        refresher.settle(Duration.ofMillis(10));
        assertThat(version()).isEqualTo("v1");
        CountDownLatch settled = new CountDownLatch(1);
        Thread.startVirtualThread(() -> {
            refresher.settle(LONG);
            settled.countDown();
        });
        letThrough.release(1);
        assertThat(settled.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(version()).isEqualTo("v2");
    }

    @Test
    void theServersOwnLookKeepsToTheRefreshUnlessItIsCheap() {
        Refresher seldom = loaded(30, 300);
        seldom.look(LONG);
        assertThat(looks).hasValue(1);
        Refresher often = refresher(1, 300, LONG);
        often.look(LONG);
        often.look(LONG);
        assertThat(looks).hasValue(3);
    }

    @Test
    void aClosedOneLooksNoMore() {
        Refresher refresher = loaded(0, 0);
        refresher.close();
        request(refresher);
        assertThat(looks).hasValue(1);
    }
}
