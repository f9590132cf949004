package multicloud.gateway.auth;

import multicloud.gateway.auth.IssuerClient.Answer;
import multicloud.gateway.http.Answers;
import multicloud.gateway.http.Body;
import multicloud.gateway.http.Exchange;
import multicloud.gateway.http.Failure;
import multicloud.gateway.http.Headers;
import multicloud.gateway.http.Response;
import org.jspecify.annotations.Nullable;

/** What the steps of a login answer. Immutable. */
final class LoginAnswers {
    private final String prefix;

    /**
     * @param prefix what codes begin with
     */
    LoginAnswers(String prefix) {
        this.prefix = prefix;
    }

    /** JSON that nobody may keep. */
    static Response json(byte[] body, @Nullable String cookie, Exchange exchange) {
        Headers.Builder headers = Headers.builder()
                .add("content-type", "application/json")
                .add("cache-control", "no-store")
                .add(Answers.REQUEST_ID, exchange.id());
        if (cookie != null) {
            headers.add("set-cookie", cookie);
        }
        return new Response(200, headers.build(), Body.of(body));
    }

    /** Sends the browser elsewhere, which does not learn from where. */
    static Response redirect(String location, @Nullable String cookie, Exchange exchange) {
        Headers.Builder headers = Headers.builder()
                .add("location", location)
                .add("cache-control", "no-store")
                .add("referrer-policy", "no-referrer")
                .add(Answers.REQUEST_ID, exchange.id());
        if (cookie != null) {
            headers.add("set-cookie", cookie);
        }
        return new Response(302, headers.build(), Body.empty());
    }

    /** The provider says no: with its status, but not in its words. */
    Response refused(Answer answer, Exchange exchange) {
        int status = answer.status() >= 400 ? answer.status() : Failure.UPSTREAM_MALFORMED.status();
        return Answers.of(status, prefix + "_UPSTREAM_ERROR", "The login provider refuses.", exchange);
    }

    /** The provider's answer cannot be used. */
    Response failed(Exchange exchange) {
        return Answers.of(500, prefix + "_ERROR", "The login provider's answer cannot be used.", exchange);
    }

    /** The provider could not be asked, or answered what is none. */
    Response unreachable(FetchException e, Exchange exchange) {
        return e.failure() == Failure.ISSUER_UNAVAILABLE
                ? Answers.of(502, prefix + "_NETWORK_ERROR", "The login provider does not answer.", exchange)
                : failed(exchange);
    }
}
