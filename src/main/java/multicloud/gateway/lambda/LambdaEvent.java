package multicloud.gateway.lambda;

import multicloud.gateway.http.Client;
import multicloud.gateway.http.Request;

/** What Lambda hands to the function, read. */
sealed interface LambdaEvent {

    /**
     * A request that came through the function's URL.
     *
     * @param id the invocation's request id, or a new one where that could not go into headers as it is
     * @param wellFormed false when its headers hold what no header may, or its body cannot be decoded: it is answered with 400, and
     *     what could not be read of it is left out
     */
    record HttpCall(Request request, String id, Client client, boolean wellFormed) implements LambdaEvent {}

    /** The call of a schedule that keeps the function active. */
    record WarmUp() implements LambdaEvent {}
}
