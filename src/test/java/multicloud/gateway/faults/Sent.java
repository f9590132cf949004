package multicloud.gateway.faults;

import java.io.ByteArrayInputStream;
import multicloud.gateway.http.Body;
import multicloud.gateway.http.Exchange;
import multicloud.gateway.testing.Exchanges;

/** What is sent to a server whose first cloud is at fault. */
enum Sent {
    GET("GET"),
    POST("POST"),
    POST_WITH_KEY("POST with `Idempotency-Key`"),
    STREAMED_PUT("PUT, streamed, over 256 KB");

    static final int LARGE = 400 * 1024;
    static final int SMALL = 1000;

    private final String title;

    Sent(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    Exchange exchange() {
        return switch (this) {
            case GET -> Exchanges.get("/a");
            case POST -> Exchanges.exchange("POST", "/a", Body.of(new byte[SMALL]));
            case POST_WITH_KEY -> Exchanges.exchange("POST", "/a", Body.of(new byte[SMALL]), "idempotency-key", "k");
            case STREAMED_PUT ->
                Exchanges.exchange("PUT", "/a", Body.streamed(new ByteArrayInputStream(new byte[LARGE]), -1));
        };
    }

    /** The length of the body that must arrive. */
    int length() {
        return this == GET ? 0 : this == STREAMED_PUT ? LARGE : SMALL;
    }
}
