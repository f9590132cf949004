package multicloud.gateway.route;

import java.util.SortedSet;

/** What a route table says of a request. */
public sealed interface Match {

    /** This route takes it. */
    record Found(Route route) implements Match {}

    /**
     * Routes match the path and their conditions hold, but none takes the method.
     *
     * @param near the first of them
     * @param allowed the methods they take, HEAD with GET, OPTIONS with CORS
     */
    record WrongMethod(Route near, SortedSet<String> allowed) implements Match {}

    /** No route matches. */
    record NotFound() implements Match {}
}
