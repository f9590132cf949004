package multicloud.gateway.source;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How old the knowledge of a source may be. Its age is the time since the last look that reached the source began, by the wall
 * clock.
 *
 * @param refresh younger: no look; zero: every request waits for a look that begins after it
 * @param maxStale from this age on a request waits for a look; below it is answered beside the look; never less than refresh
 */
record Freshness(Duration refresh, Duration maxStale) {
    /** Of what never changes. */
    static final Freshness ALWAYS = new Freshness(Duration.ofMillis(Long.MAX_VALUE), Duration.ofMillis(Long.MAX_VALUE));

    private static final String REFRESH = "GATEWAY_CONFIG_REFRESH";
    private static final String MAX_STALE = "GATEWAY_CONFIG_MAX_STALE";

    Freshness {
        maxStale = maxStale.compareTo(refresh) < 0 ? refresh : maxStale;
    }

    /** What a request asks of the source. */
    enum Need {
        /** Nothing. */
        NOTHING,
        /** A look, which it does not wait for. */
        BESIDE,
        /** A look, which it waits for. */
        WAIT
    }

    /**
     * What {@code GATEWAY_CONFIG_REFRESH} and {@code GATEWAY_CONFIG_MAX_STALE} say, in seconds; the defaults are 30 and 300.
     *
     * @param complaints gets a sentence for each value that is no number of seconds and gives way to its default
     */
    static Freshness of(Settings settings, List<String> complaints) {
        return new Freshness(
                seconds(settings, REFRESH, Settings.DEFAULT_REFRESH, complaints),
                seconds(settings, MAX_STALE, Settings.DEFAULT_MAX_STALE, complaints));
    }

    private static Duration seconds(Settings settings, String name, int otherwise, List<String> complaints) {
        @Nullable String value = settings.variable(name);
        if (value == null) {
            return Duration.ofSeconds(otherwise);
        }
        if (value.matches("[0-9]{1,9}")) {
            return Duration.ofSeconds(Integer.parseInt(value));
        }
        complaints.add(name + " is a whole number of seconds, not \"" + value + "\": the default of " + otherwise
                + " is used");
        return Duration.ofSeconds(otherwise);
    }

    /** Whether each request needs a look of its own time. */
    boolean everyRequest() {
        return refresh.isZero();
    }

    /**
     * What a request needs.
     *
     * @param age in milliseconds; below zero when the clock went back, or nothing is known
     */
    Need need(long age) {
        if (age < 0 || everyRequest() || age >= maxStale.toMillis()) {
            return Need.WAIT;
        }
        return age < refresh.toMillis() ? Need.NOTHING : Need.BESIDE;
    }
}
