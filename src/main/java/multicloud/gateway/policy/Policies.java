package multicloud.gateway.policy;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import multicloud.gateway.http.Handler;
import org.jspecify.annotations.Nullable;

/**
 * Every policy there is, in the order in which a request meets them; null is one that a route does not have.
 *
 * @param cors null where the gateway has no say in it
 * @param residency null where a request may be answered from anywhere
 * @param authentication null where everybody is let in
 */
public record Policies(
        @Nullable ServerTiming timing,
        @Nullable Cors cors,
        @Nullable Residency residency,
        @Nullable Authentication authentication,
        BodyLimit bodyLimit,
        ResponseMapping mapping) {

    /** What a route's requests pass before its integration. */
    public Handler around(Handler integration) {
        return around(integration, residency, authentication, mapping);
    }

    /**
     * What they pass where they are only asked about, before an end that calls nobody: their sender is let in unseen, and the gateway
     * taken to run where it may.
     */
    public Handler aroundPlan(Handler plan) {
        return around(plan, null, authentication == null ? null : authentication.assumed(), mapping.shown());
    }

    private Handler around(Handler end, @Nullable Policy place, @Nullable Policy admission, Policy responses) {
        return wrap(
                end,
                new HeadAnswers(),
                timing,
                cors,
                new ErrorBoundary(),
                new RequestLimits(),
                new LoopGuard(),
                place,
                admission,
                bodyLimit,
                responses);
    }

    /** What a request passes that no route takes, before it is told so. */
    public static Handler unrouted(@Nullable Policy cors, Handler answer) {
        return wrap(answer, new HeadAnswers(), cors, new RequestLimits(), new LoopGuard());
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
