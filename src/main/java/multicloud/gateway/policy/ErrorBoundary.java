package multicloud.gateway.policy;

import multicloud.gateway.http.Answers;
import multicloud.gateway.http.Failure;
import multicloud.gateway.http.Handler;

/** Catches bugs, once: they are noted for the log and answered with 500. */
public final class ErrorBoundary implements Policy {
    @Override
    public Handler around(Handler next) {
        return exchange -> {
            try {
                return next.handle(exchange);
            } catch (RuntimeException | LinkageError | StackOverflowError bug) {
                exchange.notes().fault(bug);
                return Answers.of(Failure.INTERNAL, exchange);
            }
        };
    }
}
