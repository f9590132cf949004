package multicloud.gateway.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import multicloud.gateway.auth.TokenKeys.Found;
import multicloud.gateway.config.AuthorizerConfig.Expected;
import multicloud.gateway.http.Deadline;
import multicloud.gateway.http.Failure;
import multicloud.gateway.http.Identity;
import multicloud.gateway.http.Ticker;
import multicloud.gateway.jose.Algorithm;
import multicloud.gateway.jose.JsonMap;
import org.jspecify.annotations.Nullable;

/**
 * Verifies signed tokens (RFC 7519; best practices: RFC 8725): the algorithm is one of the document's, the key is the issuer's and
 * of the algorithm's kind, and the claims say what is expected. The header is trusted in nothing: it only chooses among these. Safe
 * for use by many threads.
 */
final class TokenVerifier {
    private static final byte[] REHEARSED = "{\"iss\":\"\",\"aud\":[\"\"],\"exp\":0,\"scope\":\"\"}".getBytes(UTF_8);

    private final String alias;
    private final List<Algorithm> algorithms;
    private final TokenKeys keys;
    private final ClaimRules rules;

    /** What a token comes to. */
    sealed interface Result {
        record Good(Identity identity) implements Result {}

        record Bad(Failure failure) implements Result {}
    }

    /** One that speaks for the authorizer of that alias; {@code clock} is the wall clock. */
    TokenVerifier(String alias, List<Algorithm> algorithms, TokenKeys keys, Expected expected, InstantSource clock) {
        this.alias = alias;
        this.algorithms = List.copyOf(algorithms);
        this.keys = keys;
        this.rules = new ClaimRules(expected, clock);
    }

    /** Verifies a token; {@code deadline} is that of the one who waits, where an issuer has to be asked. */
    Result verify(String token, Deadline deadline) {
        Jws jws;
        try {
            jws = Jws.read(token);
        } catch (IOException e) {
            return new Result.Bad(Failure.TOKEN_MALFORMED);
        }
        Algorithm algorithm = Algorithm.of(jws.algorithm());
        if (algorithm == null || !algorithms.contains(algorithm)) {
            return new Result.Bad(Failure.TOKEN_ALGORITHM_REFUSED);
        }
        return switch (keys.find(algorithm, jws.keyId(), deadline)) {
            case Found.None(Failure failure) -> new Result.Bad(failure);
            case Found.Key(SignatureVerifier verifier) ->
                verifier.verifies(jws) ? identify(jws.payload()) : new Result.Bad(Failure.TOKEN_SIGNATURE_REFUSED);
        };
    }

    private Result identify(byte[] payload) {
        Map<String, @Nullable Object> claims;
        try {
            claims = JsonMap.read(payload);
        } catch (IOException e) {
            return new Result.Bad(Failure.TOKEN_CLAIMS_MALFORMED);
        }
        Failure failure = rules.check(claims);
        return failure == null ? new Result.Good(identity(claims)) : new Result.Bad(failure);
    }

    private Identity identity(Map<String, @Nullable Object> claims) {
        String issuer = claims.get("iss") instanceof String text ? text : null;
        String subject = claims.get("sub") instanceof String text ? text : null;
        return new Identity(alias, issuer, subject, ClaimRules.scopes(claims.get("scope")), claims);
    }

    /** Runs its code once without a token. */
    void rehearse() {
        verify("eyJhbGciOiJIUzI1NiJ9.e30.c2lnbmF0dXJl", Deadline.after(Duration.ZERO, Ticker.SYSTEM));
        identify(REHEARSED);
    }
}
