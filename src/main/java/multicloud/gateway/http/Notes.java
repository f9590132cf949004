package multicloud.gateway.http;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the log will say of one exchange, noted down on its way. Safe for use by many threads. */
public final class Notes {
    private final Ticker ticker;
    private final long began;
    private final List<Attempt> attempts = new ArrayList<>(1);
    private @Nullable String route;
    private @Nullable String server;
    private @Nullable String code;
    private @Nullable String configVersion;
    private @Nullable Throwable fault;
    private @Nullable Identity identity;
    private List<String> dropped = List.of();
    private long bytesIn;

    Notes(Ticker ticker) {
        this.ticker = ticker;
        this.began = ticker.nanos();
    }

    /** Nanoseconds since the exchange began. */
    public long elapsedNanos() {
        return ticker.nanos() - began;
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

    /** Notes that an attempt at a target begins now. */
    public Attempt attempt(String target, @Nullable String cloud, @Nullable String region) {
        Attempt attempt = new Attempt(this, ticker.nanos(), target, cloud, region);
        synchronized (this) {
            attempts.add(attempt);
        }
        return attempt;
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

        private Attempt(Notes notes, long began, String target, @Nullable String cloud, @Nullable String region) {
            this.notes = notes;
            this.began = began;
            this.target = target;
            this.cloud = cloud;
            this.region = region;
        }

        /** The target has sent a response head with this status. */
        public void answered(int status) {
            synchronized (notes) {
                outcome = Integer.toString(status);
                nanos = notes.ticker.nanos() - began;
            }
        }

        /** The attempt failed at that stage, perhaps after its response had begun. */
        public void failed(Failure failure, String atStage) {
            synchronized (notes) {
                outcome = failure.code();
                stage = atStage;
                nanos = notes.ticker.nanos() - began;
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

        /** The status it answered with, the code of its failure, or {@code pending}. */
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
