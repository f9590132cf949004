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
 */
public record Call(Origin origin, Request request, Timeouts timeouts, Deadline deadline) {}
