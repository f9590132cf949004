package multicloud.gateway.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.util.Base64URL;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import multicloud.gateway.config.AuthorizerConfig.Jwt;
import multicloud.gateway.http.Exchange;
import multicloud.gateway.http.Failure;
import multicloud.gateway.http.Identity;
import org.jspecify.annotations.Nullable;

/**
 * Accepts bearer tokens that are signed by one algorithm with one key (RFC 7519; best practices: RFC 8725). The header is trusted in
 * nothing: its algorithm has to be the one the document names. Nothing is called.
 */
final class JwtAuthorizer implements Authorizer {
    private static final byte[] REHEARSED = "{\"iss\":\"\",\"aud\":[\"\"],\"exp\":0,\"scope\":\"\"}".getBytes(UTF_8);

    private final String alias;
    private final JWSHeader header;
    private final JWSVerifier verifier;
    private final ClaimRules rules;

    /** An authorizer as the document has it; {@code clock} is the wall clock. */
    JwtAuthorizer(Jwt config, InstantSource clock) {
        this.alias = config.alias();
        this.header = new JWSHeader(JWSAlgorithm.parse(config.algorithm()));
        this.rules = new ClaimRules(config.expected(), clock);
        try {
            this.verifier = new MACVerifier(config.secret().reveal().getBytes(UTF_8));
        } catch (JOSEException e) {
            throw new IllegalArgumentException("a secret that is too short", e);
        }
    }

    @Override
    public Verdict authorize(Exchange exchange) {
        String token = BearerToken.of(exchange.request().headers());
        return token == null ? new Verdict.Refused(Failure.TOKEN_MISSING, BearerToken.challenge()) : verify(token);
    }

    private Verdict verify(String token) {
        Jws jws;
        try {
            jws = Jws.read(token);
        } catch (IOException e) {
            return refused(Failure.TOKEN_MALFORMED);
        }
        if (!header.getAlgorithm().getName().equals(jws.algorithm())) {
            return refused(Failure.TOKEN_ALGORITHM_REFUSED);
        }
        try {
            return verifier.verify(header, jws.signed(), new Base64URL(jws.signature()))
                    ? identify(jws.payload())
                    : refused(Failure.TOKEN_SIGNATURE_REFUSED);
        } catch (JOSEException e) {
            return refused(Failure.TOKEN_REFUSED);
        }
    }

    private Verdict identify(byte[] payload) {
        Map<String, @Nullable Object> claims;
        try {
            claims = JsonMap.read(payload);
        } catch (IOException e) {
            return refused(Failure.TOKEN_CLAIMS_MALFORMED);
        }
        Failure failure = rules.check(claims);
        return failure == null ? new Verdict.Accepted(identity(claims)) : refused(failure);
    }

    private Identity identity(Map<String, @Nullable Object> claims) {
        String issuer = claims.get("iss") instanceof String text ? text : null;
        String subject = claims.get("sub") instanceof String text ? text : null;
        return new Identity(alias, issuer, subject, ClaimRules.scopes(claims.get("scope")), claims);
    }

    private static Verdict refused(Failure failure) {
        return new Verdict.Refused(failure, BearerToken.invalid(failure.message()));
    }

    @Override
    public String insufficientScope(List<String> scopes) {
        return BearerToken.insufficientScope(scopes);
    }

    @Override
    public void rehearse() {
        verify("eyJhbGciOiJIUzI1NiJ9.e30.c2lnbmF0dXJl");
        identify(REHEARSED);
    }
}
