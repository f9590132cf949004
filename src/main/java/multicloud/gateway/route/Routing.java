package multicloud.gateway.route;

import java.util.SortedSet;
import multicloud.gateway.http.Exchange;
import multicloud.gateway.http.Failure;
import org.jspecify.annotations.Nullable;

/** What becomes of a request, decided before anything answers it. */
public sealed interface Routing {
    /** The route that takes it, or whose CORS answers for it; null where none does. */
    default @Nullable Route chosen() {
        return switch (this) {
            case Served served -> served.route();
            case Preflight preflight -> preflight.route();
            case Options options -> options.route();
            case Refused refused -> null;
        };
    }

    /**
     * A route takes it.
     *
     * @param exchange the request's, its path read
     */
    record Served(Route route, Exchange exchange) implements Routing {}

    /**
     * It is a CORS preflight for a method that this route takes (Fetch, section 3.2.2).
     *
     * @param taken the methods that routes with CORS at this path take, with HEAD and OPTIONS
     */
    record Preflight(Route route, SortedSet<String> taken) implements Routing {}

    /**
     * It asks what methods there are, where CORS is on and no route names OPTIONS.
     *
     * @param route one of those at this path
     * @param allowed the methods they take, with HEAD and OPTIONS
     */
    record Options(Route route, SortedSet<String> allowed) implements Routing {}

    /**
     * No route takes it.
     *
     * @param near a route at the same path, whose CORS the answer follows; null where there is none
     * @param allowed the methods that are taken here; empty unless the method is what is wrong
     * @param preflight whether it is a preflight
     */
    record Refused(Failure failure, @Nullable Route near, SortedSet<String> allowed, boolean preflight)
            implements Routing {}
}
