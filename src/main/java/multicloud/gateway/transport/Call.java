package multicloud.gateway.transport;

import multicloud.gateway.http.Deadline;
import multicloud.gateway.http.Request;
import multicloud.gateway.http.Timeouts;

/**
 * One HTTP/1.1 request to one origin.
 *
 * <p>The request's headers are the end-to-end ones, without framing: the transport adds Host (unless there is one),
 * Content-Length or Transfer-Encoding as the body needs them, and nothing else.
 *
 * @param timeouts how long each stage may take; the deadline cuts all of them short
 * @param deadline by when all of it must be over, the answer's body included
 * @param headBy by when the answer's whole head must be there; not later than the deadline
 */
public record Call(Origin origin, Request request, Timeouts timeouts, Deadline deadline, Deadline headBy) {
    /** A call whose answer may begin as late as the deadline. */
    public Call(Origin origin, Request request, Timeouts timeouts, Deadline deadline) {
        this(origin, request, timeouts, deadline, deadline);
    }

    /** The same call from now on, which its timeouts' total bounds. */
    Call begun() {
        return new Call(
                origin, request, timeouts, deadline.orAfter(timeouts.total()), headBy.orAfter(timeouts.total()));
    }
}
