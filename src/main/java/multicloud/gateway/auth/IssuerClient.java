package multicloud.gateway.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import multicloud.gateway.http.Body;
import multicloud.gateway.http.BodyFailure;
import multicloud.gateway.http.Deadline;
import multicloud.gateway.http.Failure;
import multicloud.gateway.http.Headers;
import multicloud.gateway.http.Request;
import multicloud.gateway.http.Response;
import multicloud.gateway.http.Timeouts;
import multicloud.gateway.jose.JsonMap;
import multicloud.gateway.transport.Call;
import multicloud.gateway.transport.Outcome;
import multicloud.gateway.transport.Transport;
import org.jspecify.annotations.Nullable;

/** Asks issuers, one bounded call at a time: no redirect is followed, no endless answer is read. Safe for use by many threads. */
final class IssuerClient {
    /** The most bytes of an answer: some hundred keys with their certificates. */
    static final int LARGEST = 512 * 1024;

    /** How long an issuer may take, its answer included. */
    static final Timeouts TIMEOUTS =
            new Timeouts(Duration.ofSeconds(1), Duration.ofSeconds(3), Duration.ofSeconds(2), Duration.ofSeconds(4));

    private final Transport transport;
    private final Timeouts timeouts;

    IssuerClient(Transport transport, Timeouts timeouts) {
        this.transport = transport;
        this.timeouts = timeouts;
    }

    /** An answer as it came, its body read. */
    @SuppressWarnings("ArrayRecordComponent") // the bytes are handed over, never compared
    record Answer(int status, Headers headers, byte[] body) {
        /**
         * What the answer says as JSON.
         *
         * @throws FetchException when it is no JSON object
         */
        Map<String, @Nullable Object> json() throws FetchException {
            try {
                return JsonMap.read(body);
            } catch (IOException e) {
                throw new FetchException(Failure.KEYS_MALFORMED);
            }
        }

        @Override
        public String toString() {
            return "Answer[" + status + "]";
        }
    }

    /**
     * The body of an endpoint's answer with status 200.
     *
     * @throws FetchException when there is none
     */
    Answer get(Endpoint endpoint, Deadline deadline) throws FetchException {
        Answer answer = send(endpoint, "GET", Headers.of("accept", "application/json"), Body.absent(), deadline);
        if (answer.status() != 200) {
            throw new FetchException(Failure.ISSUER_UNAVAILABLE);
        }
        return answer;
    }

    /** Posts a form; whatever the answer is. */
    Answer post(Endpoint endpoint, Headers more, String form, Deadline deadline) throws FetchException {
        Headers headers = more.toBuilder()
                .add("content-type", "application/x-www-form-urlencoded")
                .add("accept", "application/json")
                .build();
        return send(endpoint, "POST", headers, Body.of(form.getBytes(UTF_8)), deadline);
    }

    /** One call; whatever the answer is. */
    Answer send(Endpoint endpoint, String method, Headers headers, Body body, Deadline deadline) throws FetchException {
        Request request = new Request(method, endpoint.target(), headers, body);
        Call call = new Call(endpoint.origin(), request, timeouts, deadline.orAfter(timeouts.total()));
        return switch (transport.send(call)) {
            case Outcome.Answered(Response response) -> read(response);
            case Outcome.Failed failed -> throw new FetchException(Failure.ISSUER_UNAVAILABLE);
        };
    }

    private static Answer read(Response response) throws FetchException {
        try (Body body = response.body()) {
            byte[] bytes = body.bytes(LARGEST, Failure.KEYS_MALFORMED);
            return new Answer(response.status(), response.headers(), bytes);
        } catch (BodyFailure e) {
            boolean tooLarge = e.failure() == Failure.KEYS_MALFORMED;
            throw new FetchException(tooLarge ? Failure.KEYS_MALFORMED : Failure.ISSUER_UNAVAILABLE);
        } catch (IOException e) {
            throw new FetchException(Failure.ISSUER_UNAVAILABLE);
        }
    }
}
