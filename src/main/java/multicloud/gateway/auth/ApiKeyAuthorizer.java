package multicloud.gateway.auth;

import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import multicloud.gateway.config.AuthorizerConfig;
import multicloud.gateway.config.AuthorizerConfig.ApiKey;
import multicloud.gateway.http.Exchange;
import multicloud.gateway.http.Failure;
import multicloud.gateway.http.Identity;
import org.jspecify.annotations.Nullable;

/**
 * Accepts keys whose SHA-256 the document has. The whole field is the key: of two fields neither is, on either edge. Nothing is
 * called.
 */
final class ApiKeyAuthorizer implements Authorizer {
    private final String header;
    private final String challenge;
    private final SecretDigests digests;
    private final List<Identity> identities;

    /** An authorizer as the document has it. */
    ApiKeyAuthorizer(ApiKey config) {
        this.header = config.header();
        this.challenge = "ApiKey header=\"" + config.header() + "\"";
        this.digests = new SecretDigests(config.keys().stream()
                .map(key -> HexFormat.of().parseHex(key.sha256().reveal()))
                .toList());
        this.identities =
                config.keys().stream().map(key -> identity(config.alias(), key)).toList();
    }

    @Override
    public Verdict authorize(Exchange exchange) {
        String key = exchange.request().headers().joined(header);
        if (key == null || key.isEmpty()) {
            return new Verdict.Refused(Failure.API_KEY_MISSING, challenge);
        }
        int found = digests.find(key);
        return found == SecretDigests.NONE
                ? new Verdict.Refused(Failure.API_KEY_REFUSED, challenge)
                : new Verdict.Accepted(identities.get(found));
    }

    @Override
    public void rehearse() {
        digests.find("");
    }

    private static Identity identity(String alias, AuthorizerConfig.Key key) {
        Map<String, @Nullable Object> claims = new LinkedHashMap<>(key.claims());
        claims.put("sub", key.id());
        if (!key.scopes().isEmpty()) {
            claims.put("scope", String.join(" ", key.scopes()));
        }
        return new Identity(alias, null, key.id(), Set.copyOf(key.scopes()), Collections.unmodifiableMap(claims));
    }
}
