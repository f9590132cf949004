package multicloud.gateway.http;

import java.time.Duration;

/**
 * How long an upstream call may take, stage by stage.
 *
 * @param connect for name, connection and TLS handshake together; default 1 s
 * @param firstByte from the request's last byte to the whole response head; default 10 s
 * @param idle between two reads of the response's body, or two writes of the request's; default 30 s
 * @param total for all of it, body included; default 29 s
 */
public record Timeouts(Duration connect, Duration firstByte, Duration idle, Duration total) {
    public static final Timeouts DEFAULT =
            new Timeouts(Duration.ofSeconds(1), Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(29));
}
