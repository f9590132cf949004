package multicloud.gateway.transport;

import java.io.IOException;
import multicloud.gateway.http.Failure;
import multicloud.gateway.http.Response;

/** What became of one attempt: the only place that knows whether anything was sent. */
public sealed interface Outcome {

    /**
     * The peer has sent a whole response head. Where there can be no body (the answer to HEAD, 204, 304) it is absent; else it may still break off, which its stream says with a {@link
     * multicloud.gateway.http.BodyFailure}.
     */
    record Answered(Response response) implements Outcome {}

    /**
     * There is no response.
     *
     * @param stage where it failed
     * @param failure what a client is told
     * @param requestSent whether any byte of the request may have reached the peer
     */
    record Failed(Stage stage, Failure failure, boolean requestSent, IOException cause) implements Outcome {}
}
