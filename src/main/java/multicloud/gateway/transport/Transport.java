package multicloud.gateway.transport;

/** Sends one call to one address. Safe for use by many threads; blocks its caller, so call it on virtual threads where many wait. */
public interface Transport extends AutoCloseable {

    /**
     * Sends the call and returns when the whole response head is there, or when it is known that none will come. Never throws for what a
     * network or a peer does. An interrupt of the calling thread ends the call at once, and stays to be seen.
     */
    Outcome send(Call call);

    /** Closes all idle connections, so that nothing of them survives a snapshot; the transport can be used on. */
    void closeIdle();

    /** Closes all connections, for good. */
    @Override
    void close();
}
