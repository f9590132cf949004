package multicloud.gateway.http;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the log will say of one exchange, noted down on its way. Safe for use by many threads. */
public final class Notes {
    private final Ticker ticker;
    private final long began;
    private final List<Attempt> attempts = new ArrayList<>(1);
    private @Nullable Attempt mirror;
    private Client client;
    private @Nullable String route;
    private @Nullable String server;
    private @Nullable String code;
    private @Nullable String configVersion;
    private @Nullable Throwable fault;
    private @Nullable Identity identity;
    private List<String> dropped = List.of();
    private long bytesIn;
    private long upstreamNanos;

    Notes(Ticker ticker, Client client) {
        this.ticker = ticker;
        this.client = client;
        this.began = ticker.nanos();
    }

    /** Nanoseconds since the exchange began. */
    public long elapsedNanos() {
        return ticker.nanos() - began;
    }

    /** Who sends the request is another than the edge saw. */
    synchronized void client(Client viewer) {
        client = viewer;
    }

    /** Who sends the request, as far as its connection tells. */
    public synchronized Client client() {
        return client;
    }

    /** The version of the document that answers: the first 12 hex digits of its SHA-256. */
    public synchronized void configVersion(String version) {
        configVersion = version;
    }

    public synchronized @Nullable String configVersion() {
        return configVersion;
    }

    /** The path of the route that took the request, as the document has it. */
    public synchronized void route(String path) {
        route = path;
    }

    public synchronized @Nullable String route() {
        return route;
    }

    /** The alias of the server the request goes to. */
    public synchronized void server(String alias) {
        server = alias;
    }

    public synchronized @Nullable String server() {
        return server;
    }

    /** What failed, as a machine-readable code. */
    public synchronized void code(String newCode) {
        code = newCode;
    }

    public synchronized @Nullable String code() {
        return code;
    }

    /** Who sends the request. */
    synchronized void identity(Identity sender) {
        identity = sender;
    }

    public synchronized @Nullable Identity identity() {
        return identity;
    }

    /** A mapped field was left out, since its value has characters that no field may have. */
    public synchronized void dropped(String field) {
        List<String> more = new ArrayList<>(dropped);
        more.add(field);
        dropped = List.copyOf(more);
    }

    /** The names of the mapped fields that were left out. */
    public synchronized List<String> dropped() {
        return dropped;
    }

    /** A bug's exception, for the log alone. */
    public synchronized void fault(Throwable thrown) {
        fault = thrown;
    }

    public synchronized @Nullable Throwable fault() {
        return fault;
    }

    /** The bytes of the request's body that were read. */
    public synchronized void bytesIn(long bytes) {
        bytesIn = bytes;
    }

    public synchronized long bytesIn() {
        return bytesIn;
    }

    /** For so long an upstream was waited for, up to the head of its answer. */
    public synchronized void waited(long nanos) {
        upstreamNanos += nanos;
    }

    /** Nanoseconds for which upstreams were waited for. */
    public synchronized long upstreamNanos() {
        return upstreamNanos;
    }

    /** Notes that an attempt at a target begins now. */
    public Attempt attempt(String target, @Nullable String cloud, @Nullable String region) {
        Attempt attempt = new Attempt(this, ticker.nanos(), target, cloud, region);
        synchronized (this) {
            attempts.add(attempt);
        }
        return attempt;
    }

    /** Notes that a copy is sent to a target beside the exchange. */
    public Attempt mirror(String target, @Nullable String cloud, @Nullable String region) {
        Attempt attempt = new Attempt(this, ticker.nanos(), target, cloud, region);
        synchronized (this) {
            mirror = attempt;
        }
        return attempt;
    }

    /** What became of the copy; null where there is none. */
    public synchronized @Nullable Attempt mirror() {
        return mirror;
    }

    /** The attempts so far, oldest first. */
    public synchronized List<Attempt> attempts() {
        return List.copyOf(attempts);
    }

    /** One attempt at a target. Safe for use by many threads. */
    public static final class Attempt {
        private final Notes notes;
        private final long began;
        private final String target;
        private final @Nullable String cloud;
        private final @Nullable String region;
        private String outcome = "pending";
        private @Nullable String stage;
        private long nanos;
        private boolean cancelled;

        private Attempt(Notes notes, long began, String target, @Nullable String cloud, @Nullable String region) {
            this.notes = notes;
            this.began = began;
            this.target = target;
            this.cloud = cloud;
            this.region = region;
        }

        /** The target has sent a response head with this status. */
        public void answered(int status) {
            end(Integer.toString(status), null);
        }

        /** The attempt failed at that stage, perhaps after its response had begun. */
        public void failed(Failure failure, String atStage) {
            end(failure.code(), atStage);
        }

        /** The attempt is given up, since another has been quicker or there is no more time for it; what becomes of it does not count. */
        public void cancelled() {
            synchronized (notes) {
                end("cancelled", null);
                cancelled = true;
            }
        }

        private void end(String newOutcome, @Nullable String newStage) {
            synchronized (notes) {
                if (!cancelled) {
                    outcome = newOutcome;
                    stage = newStage;
                    nanos = notes.ticker.nanos() - began;
                }
            }
        }

        public String target() {
            return target;
        }

        public @Nullable String cloud() {
            return cloud;
        }

        public @Nullable String region() {
            return region;
        }

        /** The status it answered with, the code of its failure, {@code cancelled} or {@code pending}. */
        public String outcome() {
            synchronized (notes) {
                return outcome;
            }
        }

        /** Where it failed, or null. */
        public @Nullable String stage() {
            synchronized (notes) {
                return stage;
            }
        }

        /** Nanoseconds from its beginning to the response head, or to the failure. */
        public long nanos() {
            synchronized (notes) {
                return nanos;
            }
        }
    }
}
