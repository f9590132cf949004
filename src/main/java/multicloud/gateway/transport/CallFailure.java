package multicloud.gateway.transport;

import java.io.IOException;
import multicloud.gateway.http.Failure;

/** Why no connection could be had. */
final class CallFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final Stage stage;
    private final Failure failure;
    private final IOException reason;

    CallFailure(Stage stage, Failure failure, IOException reason) {
        super(reason.getMessage(), reason, false, false);
        this.stage = stage;
        this.failure = failure;
        this.reason = reason;
    }

    /** The outcome of a call that got no further: nothing of the request was sent. */
    Outcome.Failed outcome() {
        return new Outcome.Failed(stage, failure, false, reason);
    }
}
