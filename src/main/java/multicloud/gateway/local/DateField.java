package multicloud.gateway.local;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The Date field line of answers (RFC 9110, section 6.6.1), made once a second. Safe for use by many threads. */
final class DateField {
    private static final DateTimeFormatter IMF_FIXDATE = DateTimeFormatter.ofPattern(
                    "'Date: 'EEE, dd MMM yyyy HH:mm:ss 'GMT\r\n'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final InstantSource clock;
    private volatile Line last;

    private static final class Line {
        final long second;
        final byte[] bytes;

        Line(Instant now) {
            second = now.getEpochSecond();
            bytes = IMF_FIXDATE.format(now).getBytes(US_ASCII);
        }
    }

    DateField(InstantSource clock) {
        this.clock = clock;
        this.last = new Line(clock.instant());
    }

    /** The whole line with its end. */
    byte[] line() {
        Line current = last;
        long now = clock.millis();
        if (Math.floorDiv(now, 1000L) != current.second) {
            current = new Line(Instant.ofEpochMilli(now));
            last = current;
        }
        return current.bytes;
    }
}
