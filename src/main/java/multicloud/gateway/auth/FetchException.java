package multicloud.gateway.auth;

import multicloud.gateway.http.Failure;

/** An issuer that has not given what it was asked for. */
final class FetchException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Failure failure;

    FetchException(Failure failure) {
        super(failure.message(), null, false, false);
        this.failure = failure;
    }

    /** What a client is told. */
    Failure failure() {
        return failure;
    }
}
