package multicloud.gateway.route;

import java.util.SortedSet;

/** What a route table says of a request. */
public sealed interface Match {

    /** This route takes it. */
    record Found(Route route) implements Match {}

    /**
     * Routes match the path and their conditions hold, but none takes the method.
     *
     * @param allowed the methods they take, HEAD with GET
     */
    record WrongMethod(SortedSet<String> allowed) implements Match {}

    /** No route matches. */
    record NotFound() implements Match {}
}
