package multicloud.gateway.policy;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import multicloud.gateway.http.Handler;
import org.jspecify.annotations.Nullable;

/** Every policy there is, in the order in which a request meets them. */
public final class Policies {
    private Policies() {}

    /**
     * What a route's requests pass before its integration.
     *
     * @param cors null where the gateway has no say in it
     * @param authentication null where everybody is let in
     */
    public static Handler of(
            @Nullable Cors cors,
            @Nullable Authentication authentication,
            BodyLimit bodyLimit,
            ResponseMapping mapping,
            Handler integration) {
        return wrap(
                integration,
                cors,
                new ErrorBoundary(),
                new RequestLimits(),
                new LoopGuard(),
                authentication,
                bodyLimit,
                mapping);
    }

    /** What a request passes that no route takes, before it is told so. */
    public static Handler unrouted(@Nullable Policy cors, Handler answer) {
        return wrap(answer, cors, new RequestLimits(), new LoopGuard());
    }

    private static Handler wrap(Handler end, @Nullable Policy... policies) {
        List<Policy> some = Stream.of(policies).filter(Objects::nonNull).toList();
        Handler handler = end;
        for (Policy policy : some.reversed()) {
            handler = policy.around(handler);
        }
        return handler;
    }
}
