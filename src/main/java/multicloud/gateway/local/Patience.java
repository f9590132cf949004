package multicloud.gateway.local;

import java.time.Duration;

/**
 * How long a server waits for its clients.
 *
 * @param keepAlive for the next request on a connection; default 75 s
 * @param head for a request's whole head, from its first byte; default 20 s
 * @param stall for the next bytes of a request's body, or for room to write; default 60 s
 * @param linger for a client to take notice that its connection ends; default 2 s
 */
public record Patience(Duration keepAlive, Duration head, Duration stall, Duration linger) {
    public static final Patience DEFAULT =
            new Patience(Duration.ofSeconds(75), Duration.ofSeconds(20), Duration.ofSeconds(60), Duration.ofSeconds(2));
}
