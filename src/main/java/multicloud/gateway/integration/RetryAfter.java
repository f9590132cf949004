package multicloud.gateway.integration;

import java.time.Duration;
import multicloud.gateway.http.Response;
import multicloud.gateway.transport.Outcome;

/** Reads for how long a target asks to be left alone (RFC 9110, section 10.2.3), where it says so in seconds. */
final class RetryAfter {
    private static final int MOST_DIGITS = 6;

    private RetryAfter() {}

    /** What the answer says; nothing where there is no answer, or it says nothing or a date. */
    static Duration of(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Answered(Response response) -> {
                String value = response.headers().first("retry-after");
                boolean seconds = value != null && !value.isEmpty() && value.length() <= MOST_DIGITS && isNumber(value);
                yield value != null && seconds ? Duration.ofSeconds(Long.parseLong(value)) : Duration.ZERO;
            }
            case Outcome.Failed failed -> Duration.ZERO;
        };
    }

    private static boolean isNumber(String text) {
        return text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
