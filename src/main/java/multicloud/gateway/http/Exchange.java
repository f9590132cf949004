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
    private final Aside aside;
    private final @Nullable RequestPath path;
    private final @Nullable Identity identity;

    private Exchange(Request request, Client client, Exchange from) {
        this.request = request;
        this.id = from.id;
        this.client = client;
        this.deadline = from.deadline;
        this.notes = from.notes;
        this.aside = from.aside;
        this.path = from.path;
        this.identity = from.identity;
    }

    private Exchange(Request request, Exchange from, @Nullable RequestPath path, @Nullable Identity identity) {
        this.request = request;
        this.id = from.id;
        this.client = from.client;
        this.deadline = from.deadline;
        this.notes = from.notes;
        this.aside = from.aside;
        this.path = path;
        this.identity = identity;
    }

    private Exchange(Request request, String id, Client client, Deadline deadline) {
        this.request = request;
        this.id = id;
        this.client = client;
        this.deadline = deadline;
        this.notes = new Notes(deadline.ticker(), client);
        this.aside = new Aside();
        this.path = null;
        this.identity = null;
    }

    /**
     * An exchange that begins now.
     *
     * @param id letters, digits and {@code - _ . : =} alone, as it goes into headers and JSON
     * @param deadline by when the answer must have gone out
     */
    public static Exchange begin(Request request, String id, Client client, Deadline deadline) {
        return new Exchange(request, id, client, deadline);
    }

    /** The same exchange with another request. */
    public Exchange withRequest(Request newRequest) {
        return new Exchange(newRequest, this, path, identity);
    }

    /** The same exchange, sent by another than the edge saw. */
    public Exchange withClient(Client viewer) {
        notes.client(viewer);
        return new Exchange(request, viewer, this);
    }

    /** The same exchange, its path read. */
    public Exchange withPath(RequestPath read) {
        return new Exchange(request, this, read, identity);
    }

    /** The same exchange, its sender made sure of. */
    public Exchange withIdentity(Identity sender) {
        notes.identity(sender);
        return new Exchange(request, this, path, sender);
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

    /** What goes on beside it. */
    public Aside aside() {
        return aside;
    }

    /** Who sends the request; null where no authorizer has made sure of it. */
    public @Nullable Identity identity() {
        return identity;
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
