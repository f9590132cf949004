package multicloud.gateway.route;

/** A route that does not take a request, and the first reason why. */
public record Candidate(Route route, Reason reason) {
    /** Why a route does not take a request, in the order in which it is looked at. */
    public enum Reason {
        /** Its path does not match, or does not take an encoded slash. */
        PATH,
        /** It does not take the method. */
        METHOD,
        /** It is for other hosts. */
        HOST,
        /** A condition on a header does not hold. */
        HEADER,
        /** A condition on the query does not hold. */
        QUERY,
        /** It would take the request, but another goes before it. */
        PRECEDENCE
    }
}
