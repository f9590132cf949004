package multicloud.gateway.transport;

/**
 * A connection between two calls.
 *
 * @param since when it was put by, in milliseconds by the wall clock
 * @param until when it is not to be used any more, likewise
 */
record Idle(Http1Connection connection, long since, long until) {

    /** Whether it may be used now. A clock that was set back says nothing about how long ago that was. */
    boolean isTrusted(long now) {
        return now >= since && now < until;
    }
}
