package multicloud.gateway.local;

import java.io.IOException;
import multicloud.gateway.http.Failure;

/** What a client sent is no request, or none of which it is certain where it ends; the connection cannot be used further. */
final class Refused extends IOException {
    private static final long serialVersionUID = 1L;

    private final Failure failure;

    Refused(Failure failure) {
        super(failure.code());
        this.failure = failure;
    }

    /** What the client is told. */
    Failure failure() {
        return failure;
    }
}
