package multicloud.gateway.http;

/** A stream whose reads wait for somebody else, and can be told by when to give up. */
public interface TimedStream {
    /** Has reads fail with a {@link BodyFailure} by that deadline. */
    void within(Deadline deadline);
}
