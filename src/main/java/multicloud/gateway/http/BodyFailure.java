package multicloud.gateway.http;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A body that could not be read to its end, and which of the gateway's failures that is. */
public final class BodyFailure extends IOException {
    private static final long serialVersionUID = 1L;

    private final Failure failure;

    public BodyFailure(Failure failure) {
        this(failure, null);
    }

    public BodyFailure(Failure failure, @Nullable Throwable cause) {
        super(failure.code(), cause);
        this.failure = failure;
    }

    /** What a client is told when its answer has not begun yet. */
    public Failure failure() {
        return failure;
    }
}
