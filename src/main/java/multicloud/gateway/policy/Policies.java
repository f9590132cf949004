package multicloud.gateway.policy;

import java.util.List;
import multicloud.gateway.config.PathConfig;
import multicloud.gateway.http.Handler;

/** Every policy there is, in the order in which a request meets them. */
public final class Policies {
    private Policies() {}

    /** What a route's requests pass before its integration. */
    public static Handler of(PathConfig path, Handler integration) {
        return wrap(integration, List.of(new RequestLimits(), new LoopGuard(), new BodyLimit(path.bodyLimit())));
    }

    /** What a request passes that no route takes, before it is told so. */
    public static Handler unrouted(Handler answer) {
        return wrap(answer, List.of(new RequestLimits(), new LoopGuard()));
    }

    private static Handler wrap(Handler end, List<Policy> policies) {
        Handler handler = end;
        for (Policy policy : policies.reversed()) {
            handler = policy.around(handler);
        }
        return handler;
    }
}
