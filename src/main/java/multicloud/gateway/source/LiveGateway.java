package multicloud.gateway.source;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import multicloud.gateway.Gateway;
import multicloud.gateway.Lasting;
import multicloud.gateway.config.References;
import multicloud.gateway.http.Answers;
import multicloud.gateway.http.Deadline;
import multicloud.gateway.http.Exchange;
import multicloud.gateway.http.Failure;
import multicloud.gateway.http.Handler;
import multicloud.gateway.http.Response;
import multicloud.gateway.http.Ticker;
import multicloud.gateway.policy.ErrorBoundary;
import multicloud.gateway.telemetry.ConfigLog;
import multicloud.gateway.telemetry.LogSink;
import multicloud.gateway.transport.Transport;
import multicloud.gateway.upstream.Chance;
import multicloud.gateway.upstream.TargetStates;

/**
 * The gateway of the last good document, and its refresh from the document's source. Never throws: neither for want of a document
 * nor for a bug behind it. Safe for use by many threads.
 *
 * <p>{@code GATEWAY_CONFIG_JSON} is the document itself and never changes; {@code GATEWAY_CONFIG_URI} names a file, looked at once a
 * second, or an object in S3, looked at as {@code GATEWAY_CONFIG_REFRESH} and {@code GATEWAY_CONFIG_MAX_STALE} say. A request sees
 * one document from its start to its end. {@code $env.NAME} and {@code $secret.NAME} both stand for variables of the environment.
 */
public final class LiveGateway implements Handler, AutoCloseable {
    /** How long a look is waited for where no request waits. */
    private static final Duration LONG = Duration.ofSeconds(10);

    /** Half of what Lambda gives a function to initialise. */
    private static final Duration AT_FIRST = Duration.ofSeconds(5);

    /** How long the keys of issuers are waited for then. */
    private static final Duration FOR_KEYS = Duration.ofSeconds(2);

    private final ConfigSource source;
    private final Lasting lasting;
    private final Holder holder;
    private final Refresher refresher;
    private final Handler guarded;

    LiveGateway(ConfigSource source, Lasting lasting, Holder holder, Refresher refresher) {
        this.source = source;
        this.lasting = lasting;
        this.holder = holder;
        this.refresher = refresher;
        this.guarded = new ErrorBoundary().around(this::answer);
    }

    /** What is known of the document. */
    public sealed interface Status {
        /** What became of a document that the source gave. */
        sealed interface Verdict extends Status {}

        /**
         * A document answers.
         *
         * @param version the first 12 hex digits of its SHA-256
         */
        record Loaded(String version, List<String> warnings) implements Verdict {}

        /** There is a document, and it has errors; each problem is {@code LINE:COL: error: MESSAGE (/pointer)}. */
        record Refused(List<String> problems) implements Verdict {}

        /** The source gives no document. */
        record Unreachable(String reason) implements Status {}
    }

    /**
     * Opens the source and looks at it once, waiting for the answer at most five seconds, and for issuers' keys two more.
     *
     * @param log where the config lines go
     * @param clock the wall clock: nothing runs while an environment is frozen
     */
    public static LiveGateway open(Settings settings, Transport transport, LogSink log, InstantSource clock) {
        List<String> complaints = new ArrayList<>();
        Freshness configured = Freshness.of(settings, complaints);
        ConfigSource source = ConfigSources.choose(settings, transport, clock);
        Map<String, String> environment = settings.environment();
        References references = (kind, name) -> environment.get(name);
        String region = settings.variable("GATEWAY_REGION");
        Lasting lasting = new Lasting(
                transport,
                new TargetStates(clock, Chance.ofThisMoment()),
                clock,
                region == null ? settings.variable("AWS_REGION") : region);
        Looking looking = new Looking(source, references, lasting, complaints);
        Holder holder = new Holder(source.name(), new ConfigLog(log, clock));
        Refresher refresher =
                new Refresher(source.freshness(configured), looking::after, holder, clock, Refresher.PATIENCE);
        LiveGateway live = new LiveGateway(source, lasting, holder, refresher);
        refresher.look(AT_FIRST);
        lasting.issuers().settle(Deadline.after(FOR_KEYS, Ticker.SYSTEM));
        return live;
    }

    /** What became of the last look at the source. */
    public Status status() {
        return holder.knowledge().status();
    }

    /** Whether some document answers. */
    public boolean ready() {
        return holder.knowledge().gateway() != null;
    }

    @Override
    public Response handle(Exchange exchange) {
        return guarded.handle(exchange);
    }

    private Response answer(Exchange exchange) {
        refresher.beforeRequest(exchange.deadline());
        Gateway gateway = holder.knowledge().gateway();
        return gateway == null ? Answers.of(Failure.NO_CONFIG, exchange) : gateway.handle(exchange);
    }

    /** Runs what requests of the last good document need, beside the path that every request takes, so that they find it loaded. */
    public void rehearse() {
        Gateway gateway = holder.knowledge().gateway();
        if (gateway != null) {
            gateway.rehearse();
        }
    }

    /** Waits for looks at the source and at issuers that are under way, at most so long: a frozen environment would never finish them. */
    public void settle(Duration most) {
        Deadline deadline = Deadline.after(most, Ticker.SYSTEM);
        refresher.settle(most);
        lasting.issuers().settle(deadline);
    }

    /**
     * Looks at the source as a server's own thread does once a second beside its requests, and waits for the look at most ten
     * seconds. A file is looked at now, an object in S3 when its refresh is due.
     */
    public void look() {
        refresher.look(LONG);
    }

    /** Lets go of what must not live in a snapshot: looks under way, credentials and connections. */
    public void beforeSnapshot() {
        settle(LONG);
        refresher.distrust();
        source.forget();
        lasting.forget();
    }

    /** Trusts nothing of before: the next request waits for a look at the source. */
    public void afterRestore() {
        source.forget();
        lasting.forget();
        refresher.distrust();
    }

    /** Begins no more looks; the transport stays open. */
    @Override
    public void close() {
        refresher.close();
    }
}
