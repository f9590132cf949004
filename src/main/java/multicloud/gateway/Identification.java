package multicloud.gateway;

import multicloud.gateway.auth.Authorizer;
import multicloud.gateway.config.AuthorizerConfig;
import multicloud.gateway.config.AuthorizerConfig.Login;
import multicloud.gateway.config.PathConfig.Step;
import multicloud.gateway.config.PathConfig.SupabaseStep;
import multicloud.gateway.http.Handler;

/** Makes what tells who somebody is, and what lets people log in. */
interface Identification {
    Authorizer authorizer(AuthorizerConfig config);

    /** What answers the requests of a step of a login. */
    Handler step(Step step, Login login);

    /** What answers the requests of a step of a login by a one-time code. */
    Handler step(SupabaseStep step);
}
