package multicloud.gateway.config;

import java.time.Duration;
import multicloud.gateway.config.Node.Text;
import multicloud.gateway.http.Timeouts;
import org.jspecify.annotations.Nullable;

/** What one {@code timeouts} says; null where it says nothing. */
record TimeoutSettings(
        @Nullable Duration connect,
        @Nullable Duration firstByte,
        @Nullable Duration idle,
        @Nullable Duration total) {
    static final TimeoutSettings NONE = new TimeoutSettings(null, null, null, null);
    static final Keys KEYS = Keys.of("connect", "first_byte", "idle", "total");

    /** Reads {@code timeouts} of an object that may have it. */
    static TimeoutSettings read(ObjectReader owner, Findings findings) {
        ObjectReader timeouts = owner.object("timeouts", KEYS);
        return timeouts == null
                ? NONE
                : new TimeoutSettings(
                        duration(timeouts, "connect", findings),
                        duration(timeouts, "first_byte", findings),
                        duration(timeouts, "idle", findings),
                        duration(timeouts, "total", findings));
    }

    /** These settings, and those below where these say nothing. */
    Timeouts over(Timeouts below) {
        return new Timeouts(
                or(connect, below.connect()),
                or(firstByte, below.firstByte()),
                or(idle, below.idle()),
                or(total, below.total()));
    }

    private static Duration or(@Nullable Duration own, Duration below) {
        return own == null ? below : own;
    }

    private static @Nullable Duration duration(ObjectReader timeouts, String key, Findings findings) {
        Text text = timeouts.text(key, Amount.EXPECTED_DURATION);
        return text == null ? null : Amount.duration(text, findings);
    }
}
