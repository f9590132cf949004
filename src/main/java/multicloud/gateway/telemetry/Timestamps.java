package multicloud.gateway.telemetry;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Writes instants as RFC 3339 has them, to the millisecond. Safe for use by many threads. */
final class Timestamps {
    /** The second that was written last: at any load most lines are of the same one. */
    private volatile @Nullable Second last;

    private record Second(long epoch, String text) {}

    String of(Instant instant) {
        long epoch = instant.getEpochSecond();
        Second second = last;
        if (second == null || second.epoch != epoch) {
            String whole = Instant.ofEpochSecond(epoch).toString();
            second = new Second(epoch, whole.substring(0, whole.length() - 1));
            last = second;
        }
        int millis = instant.getNano() / 1_000_000;
        return second.text + (millis < 10 ? ".00" : millis < 100 ? ".0" : ".") + millis + "Z";
    }
}
