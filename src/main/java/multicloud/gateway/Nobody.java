package multicloud.gateway;

import multicloud.gateway.auth.Authorizer;
import multicloud.gateway.auth.Verdict;
import multicloud.gateway.http.Exchange;
import multicloud.gateway.transport.Call;
import multicloud.gateway.transport.Outcome;
import multicloud.gateway.transport.Transport;

/** Stands in a gateway that is only asked about where others make sure of senders and call upstreams. */
final class Nobody implements Transport, Authorizer {
    @Override
    public Outcome send(Call call) {
        throw asked();
    }

    @Override
    public Verdict authorize(Exchange exchange) {
        throw asked();
    }

    private static IllegalStateException asked() {
        return new IllegalStateException("this gateway explains and does not serve");
    }

    @Override
    public void closeIdle() {}

    @Override
    public void close() {}
}
