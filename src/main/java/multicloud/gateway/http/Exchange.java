package multicloud.gateway.http;

/**
 * One request on its way through the gateway, with what belongs to it alone.
 *
 * @param id the request's id: sent upstream, logged, and part of the gateway's own answers
 * @param deadline by when the answer must have gone out
 * @param notes what the log will say; the only thing here that changes
 */
public record Exchange(Request request, String id, Client client, Deadline deadline, Notes notes) {

    /** An exchange that begins now, with empty notes. */
    public static Exchange begin(Request request, String id, Client client, Deadline deadline) {
        return new Exchange(request, id, client, deadline, new Notes(deadline.ticker()));
    }

    /** The same exchange with another request. */
    public Exchange withRequest(Request newRequest) {
        return new Exchange(newRequest, id, client, deadline, notes);
    }
}
