package multicloud.gateway.policy;

import java.util.List;
import multicloud.gateway.config.PathConfig;
import multicloud.gateway.http.Handler;

/** Every policy there is, in the order in which a request meets them. */
public final class Policies {
    private Policies() {}

    /** What every request passes before a route is looked for. */
    public static Handler beforeRouting(Handler routing) {
        return wrap(routing, List.of(new RequestLimits(), new LoopGuard()));
    }

    /** What a route's requests pass before its integration. */
    public static Handler of(PathConfig path, Handler integration) {
        return wrap(integration, List.of(new BodyLimit(path.bodyLimit())));
    }

    private static Handler wrap(Handler end, List<Policy> policies) {
        Handler handler = end;
        for (Policy policy : policies.reversed()) {
            handler = policy.around(handler);
        }
        return handler;
    }
}
