package multicloud.gateway;

import multicloud.gateway.auth.Authorizer;
import multicloud.gateway.auth.Authorizers;
import multicloud.gateway.auth.LoginFlow;
import multicloud.gateway.auth.SupabaseOtp;
import multicloud.gateway.config.AuthorizerConfig;
import multicloud.gateway.config.AuthorizerConfig.Login;
import multicloud.gateway.config.PathConfig.Step;
import multicloud.gateway.config.PathConfig.SupabaseStep;
import multicloud.gateway.http.Handler;

/** Identifies for a gateway that serves: by what is known of issuers, and by asking them. */
record Serving(Lasting lasting) implements Identification {
    @Override
    public Authorizer authorizer(AuthorizerConfig config) {
        return Authorizers.of(config, lasting.issuers(), lasting.clock());
    }

    @Override
    public Handler step(Step step, Login login) {
        return new LoginFlow(login, lasting.issuers(), lasting.clock()).of(step);
    }

    @Override
    public Handler step(SupabaseStep step) {
        return new SupabaseOtp(step, lasting.issuers());
    }
}
