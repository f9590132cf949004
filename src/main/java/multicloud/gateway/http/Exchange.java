package multicloud.gateway.http;

import org.jspecify.annotations.Nullable;

/**
 * One request on its way through the gateway, with what belongs to it alone.
 *
 * <p>Immutable but for its notes, which are safe for use by many threads.
 */
public final class Exchange {
    private final Request request;
    private final String id;
    private final Client client;
    private final Deadline deadline;
    private final Notes notes;
    private final @Nullable RequestPath path;

    private Exchange(
            Request request, String id, Client client, Deadline deadline, Notes notes, @Nullable RequestPath path) {
        this.request = request;
        this.id = id;
        this.client = client;
        this.deadline = deadline;
        this.notes = notes;
        this.path = path;
    }

    /**
     * An exchange that begins now.
     *
     * @param id letters, digits and {@code - _ . : =} alone, as it goes into headers and JSON
     * @param deadline by when the answer must have gone out
     */
    public static Exchange begin(Request request, String id, Client client, Deadline deadline) {
        return new Exchange(request, id, client, deadline, new Notes(deadline.ticker()), null);
    }

    /** The same exchange with another request. */
    public Exchange withRequest(Request newRequest) {
        return new Exchange(newRequest, id, client, deadline, notes, path);
    }

    /** The same exchange, its path read. */
    public Exchange withPath(RequestPath read) {
        return new Exchange(request, id, client, deadline, notes, read);
    }

    public Request request() {
        return request;
    }

    /** The request's id: sent upstream, logged, and part of the gateway's own answers. */
    public String id() {
        return id;
    }

    public Client client() {
        return client;
    }

    /** By when the answer must have gone out; every wait spends from it. */
    public Deadline deadline() {
        return deadline;
    }

    /** What the log will say. */
    public Notes notes() {
        return notes;
    }

    /**
     * The request's path, decoded.
     *
     * @throws IllegalStateException before it has been read, which is before a route has taken the exchange
     */
    public RequestPath path() {
        if (path == null) {
            throw new IllegalStateException("the path has not been read yet");
        }
        return path;
    }
}
