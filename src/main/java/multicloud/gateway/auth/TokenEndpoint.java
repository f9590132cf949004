package multicloud.gateway.auth;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.Base64;
import multicloud.gateway.auth.IssuerClient.Answer;
import multicloud.gateway.config.LoginConfig;
import multicloud.gateway.http.Deadline;
import multicloud.gateway.http.Headers;

/** Exchanges what a client has for tokens (RFC 6749, section 3.2). Safe for use by many threads. */
final class TokenEndpoint {
    private final LoginProvider provider;
    private final LoginConfig.Client known;
    private final IssuerClient client;

    TokenEndpoint(LoginProvider provider, LoginConfig.Client known, IssuerClient client) {
        this.provider = provider;
        this.known = known;
        this.client = client;
    }

    /** Whatever the provider answers to the form, to which the client's own name is added. */
    Answer exchange(Form form, Deadline deadline) throws FetchException {
        Headers headers = Headers.empty();
        if (provider.basic(deadline)) {
            String pair = encoded(known.id()) + ":" + encoded(known.secret().reveal());
            headers = Headers.of(
                    "authorization", "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(ISO_8859_1)));
        } else {
            form.add("client_id", known.id())
                    .add("client_secret", known.secret().reveal());
        }
        return client.post(provider.token(deadline), headers, form.toString(), deadline);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }
}
