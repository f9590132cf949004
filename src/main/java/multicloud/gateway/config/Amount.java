package multicloud.gateway.config;

import java.time.Duration;
import java.util.List;
import multicloud.gateway.config.Node.Text;
import org.jspecify.annotations.Nullable;

/** A number with a unit, as durations and sizes are written: {@code "250ms"}, {@code "64KB"}. */
final class Amount {
    static final String EXPECTED_DURATION = "a duration such as \"250ms\", \"10s\" or \"2m\"";
    static final String EXPECTED_SIZE = "a size such as \"512B\", \"64KB\" or \"1MB\"";

    private static final List<String> TIMES = List.of("ms", "s", "m");
    private static final long[] MILLIS = {1, 1_000, 60_000};
    private static final long LONGEST = Duration.ofHours(1).toMillis();

    private static final List<String> SIZES = List.of("B", "KB", "MB");
    private static final long[] BYTES = {1, 1L << 10, 1L << 20};
    private static final long LARGEST = 1L << 30;

    /** More digits than any bound has. */
    private static final int DIGITS = 12;

    private Amount() {}

    /** A duration; null when it is none, which is reported, or not known. */
    static @Nullable Duration duration(Text text, Findings findings) {
        long millis = read(text, EXPECTED_DURATION, TIMES, MILLIS, LONGEST, "an hour", findings);
        return millis < 0 ? null : Duration.ofMillis(millis);
    }

    /** A size in bytes; -1 when it is none, which is reported, or not known. */
    static long size(Text text, Findings findings) {
        return read(text, EXPECTED_SIZE, SIZES, BYTES, LARGEST, "1024MB", findings);
    }

    @SuppressWarnings("TooManyParameters")
    private static long read(
            Text text,
            String expected,
            List<String> units,
            long[] factors,
            long most,
            String bound,
            Findings findings) {
        if (text.isOpaque()) {
            return -1;
        }
        String value = text.value();
        int digits = 0;
        while (digits < value.length() && value.charAt(digits) >= '0' && value.charAt(digits) <= '9') {
            digits++;
        }
        int unit = units.indexOf(value.substring(digits));
        if (digits == 0 || unit < 0 || value.charAt(0) == '0') {
            boolean positive = !value.startsWith("-") && (digits == 0 || !isZero(value, digits));
            String found = positive ? ", found " + text.shown() : ": " + text.shown() + " is not positive";
            findings.unfit(text, Rule.VALUE, expected, "expected " + expected + found);
            return -1;
        }
        long amount = digits > DIGITS ? Long.MAX_VALUE : Long.parseLong(value.substring(0, digits));
        if (amount > most / factors[unit]) {
            findings.unfit(text, Rule.RANGE, "at most " + bound, text.shown() + " is too much: at most " + bound);
            return -1;
        }
        return amount * factors[unit];
    }

    private static boolean isZero(String value, int digits) {
        for (int i = 0; i < digits; i++) {
            if (value.charAt(i) != '0') {
                return false;
            }
        }
        return true;
    }
}
