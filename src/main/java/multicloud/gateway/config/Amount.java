package multicloud.gateway.config;

import java.time.Duration;
import java.util.List;
import multicloud.gateway.config.Node.Text;
import org.jspecify.annotations.Nullable;

/** A number with a unit, as durations and sizes are written: {@code "250ms"}, {@code "64KB"}. */
final class Amount {
    static final String EXPECTED_DURATION = "a duration such as \"250ms\", \"10s\" or \"2m\"";
    static final String EXPECTED_SIZE = "a size such as \"512B\", \"64KB\" or \"1MB\"";

    /** More digits than any bound has. */
    private static final int DIGITS = 12;

    private static final Scale TIME =
            new Scale(EXPECTED_DURATION, List.of("ms", "s", "m"), List.of(1L, 1_000L, 60_000L), 3_600_000, "an hour");
    private static final Scale SIZE =
            new Scale(EXPECTED_SIZE, List.of("B", "KB", "MB"), List.of(1L, 1L << 10, 1L << 20), 1L << 30, "1024MB");

    /** Units with what each is worth in the smallest, and the most an amount may be, as a number and in words. */
    private record Scale(String expected, List<String> units, List<Long> factors, long most, String bound) {}

    private Amount() {}

    /** A duration; null when it is none, which is reported, or not known. */
    static @Nullable Duration duration(Text text, Findings findings) {
        long millis = read(text, TIME, findings);
        return millis < 0 ? null : Duration.ofMillis(millis);
    }

    /** A duration that may be zero, written as any of its units has it; null when it is none, which is reported, or not known. */
    static @Nullable Duration durationOrZero(Text text, Findings findings) {
        boolean zero = !text.isOpaque()
                && TIME.units().stream().anyMatch(unit -> text.value().equals("0" + unit));
        return zero ? Duration.ZERO : duration(text, findings);
    }

    /** A size in bytes; -1 when it is none, which is reported, or not known. */
    static long size(Text text, Findings findings) {
        return read(text, SIZE, findings);
    }

    private static long read(Text text, Scale scale, Findings findings) {
        if (text.isOpaque()) {
            return -1;
        }
        String value = text.value();
        int digits = 0;
        while (digits < value.length() && value.charAt(digits) >= '0' && value.charAt(digits) <= '9') {
            digits++;
        }
        int unit = scale.units().indexOf(value.substring(digits));
        if (digits == 0 || unit < 0 || value.charAt(0) == '0') {
            String found =
                    isPositive(value, digits) ? ", found " + text.shown() : ": " + text.shown() + " is not positive";
            findings.unfit(text, Rule.VALUE, scale.expected(), "expected " + scale.expected() + found);
            return -1;
        }
        long factor = scale.factors().get(unit);
        long amount = digits > DIGITS ? Long.MAX_VALUE : Long.parseLong(value.substring(0, digits));
        if (amount > scale.most() / factor) {
            String bound = "at most " + scale.bound();
            findings.unfit(text, Rule.RANGE, bound, text.shown() + " is too much: " + bound);
            return -1;
        }
        return amount * factor;
    }

    private static boolean isPositive(String value, int digits) {
        for (int i = 0; i < digits; i++) {
            if (value.charAt(i) != '0') {
                return true;
            }
        }
        return digits == 0 && !value.startsWith("-");
    }
}
