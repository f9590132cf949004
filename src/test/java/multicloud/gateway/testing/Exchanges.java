package multicloud.gateway.testing;

import java.time.Duration;
import multicloud.gateway.http.Body;
import multicloud.gateway.http.Client;
import multicloud.gateway.http.Deadline;
import multicloud.gateway.http.Exchange;
import multicloud.gateway.http.Headers;
import multicloud.gateway.http.Request;
import multicloud.gateway.http.RequestTarget;
import multicloud.gateway.http.Ticker;

/** Exchanges for tests, as an edge would begin them. */
public final class Exchanges {
    public static final Client CLIENT = new Client("203.0.113.9", "https", "api.example.com", 443);

    private Exchanges() {}

    public static Exchange get(String target, String... headers) {
        return exchange("GET", target, Body.absent(), headers);
    }

    public static Exchange exchange(String method, String target, Body body, String... headers) {
        return Exchange.begin(
                new Request(method, RequestTarget.parse(target), Headers.of(headers), body),
                "id-1",
                CLIENT,
                Deadline.after(Duration.ofSeconds(20), Ticker.SYSTEM));
    }
}
