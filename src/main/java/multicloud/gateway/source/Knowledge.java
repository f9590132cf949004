package multicloud.gateway.source;

import java.util.Objects;
import multicloud.gateway.Gateway;
import multicloud.gateway.telemetry.ConfigLog;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of the document at one moment. Immutable; a look makes the next one of it.
 *
 * @param gateway the last good document, compiled; null before there was one
 * @param seen the last document the source gave, good or not; null before there was one
 * @param failure why the last look gave none; null when it did, or found it unchanged
 */
record Knowledge(
        @Nullable Gateway gateway,
        @Nullable Seen seen,
        @Nullable String failure) {
    /** What is known before the first look. */
    static final Knowledge NONE = new Knowledge(null, null, "the source has not been looked at yet");

    /**
     * A document the source gave.
     *
     * @param tag what the source tells it by; null when it is to be read again at the next look
     * @param verdict what became of it
     */
    record Seen(@Nullable String tag, ConfigLog.Document document, LiveGateway.Status.Verdict verdict) {}

    /** The same, but that the source gives nothing at the moment. */
    Knowledge failing(String reason) {
        return new Knowledge(gateway, seen, reason);
    }

    /** The same, and the source has confirmed it. */
    Knowledge confirmed() {
        return new Knowledge(gateway, seen, null);
    }

    /** What the source tells the last document by. */
    @Nullable
    String tag() {
        return seen == null ? null : seen.tag();
    }

    /** What became of the last look. */
    LiveGateway.Status status() {
        return failure == null && seen != null ? seen.verdict() : new LiveGateway.Status.Unreachable(reason());
    }

    /** Says it in the log. */
    void sayTo(ConfigLog log, String source) {
        if (failure != null || seen == null) {
            log.unreachable(source, reason());
            return;
        }
        switch (seen.verdict()) {
            case LiveGateway.Status.Loaded(String version, var warnings) -> log.loaded(seen.document(), warnings);
            case LiveGateway.Status.Refused(var problems) -> log.refused(seen.document(), problems);
        }
    }

    private String reason() {
        return failure == null ? "the source has given no document" : failure;
    }

    /** Whether a log that has said the one has nothing to add for the other. */
    boolean saysTheSameAs(Knowledge other) {
        if (failure != null || other.failure != null) {
            return Objects.equals(failure, other.failure);
        }
        return status().equals(other.status()) && Objects.equals(sha256(), other.sha256());
    }

    private @Nullable String sha256() {
        return seen == null ? null : seen.document().sha256();
    }
}
