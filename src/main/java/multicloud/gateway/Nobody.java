package multicloud.gateway;

import multicloud.gateway.auth.Authorizer;
import multicloud.gateway.auth.Verdict;
import multicloud.gateway.config.AuthorizerConfig;
import multicloud.gateway.config.AuthorizerConfig.Login;
import multicloud.gateway.config.PathConfig.Step;
import multicloud.gateway.config.PathConfig.SupabaseStep;
import multicloud.gateway.http.Exchange;
import multicloud.gateway.http.Handler;
import multicloud.gateway.http.Response;
import multicloud.gateway.transport.Call;
import multicloud.gateway.transport.Outcome;
import multicloud.gateway.transport.Transport;

/** Stands in a gateway that is only asked about where others make sure of senders and call upstreams. */
final class Nobody implements Transport, Identification, Authorizer, Handler {
    @Override
    public Authorizer authorizer(AuthorizerConfig config) {
        return this;
    }

    @Override
    public Handler step(Step step, Login login) {
        return this;
    }

    @Override
    public Handler step(SupabaseStep step) {
        return this;
    }

    @Override
    public Outcome send(Call call) {
        throw asked();
    }

    @Override
    public Verdict authorize(Exchange exchange) {
        throw asked();
    }

    @Override
    public Response handle(Exchange exchange) {
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
