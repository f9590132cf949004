package multicloud.gateway.local;

import multicloud.gateway.http.Exchange;

/** Told of each exchange once its answer has gone out or broken off. Called by many threads at once. */
@FunctionalInterface
public interface RequestLog {
    /** Notes nothing down. */
    RequestLog NONE = (exchange, status, bytesOut) -> {};

    /**
     * An exchange is over.
     *
     * @param status the status that went out
     * @param bytesOut the bytes of the answer's body that went out
     */
    void over(Exchange exchange, int status, long bytesOut);
}
