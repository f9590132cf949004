package multicloud.gateway.auth;

import java.util.List;
import java.util.function.UnaryOperator;
import multicloud.gateway.config.TokenPlace;
import multicloud.gateway.http.Exchange;
import multicloud.gateway.http.Failure;
import org.jspecify.annotations.Nullable;

/** Accepts requests that carry a token which its rules accept. */
final class JwtAuthorizer implements Authorizer {
    private final TokenPlace place;
    private final TokenVerifier verifier;
    private final UnaryOperator<Failure> names;

    /**
     * @param names what refusals of tokens are called
     */
    JwtAuthorizer(TokenPlace place, TokenVerifier verifier, UnaryOperator<Failure> names) {
        this.place = place;
        this.verifier = verifier;
        this.names = names;
    }

    @Override
    public Verdict authorize(Exchange exchange) {
        String token = TokenReader.read(place, exchange.request().headers());
        return token == null
                ? new Verdict.Refused(Failure.TOKEN_MISSING, BearerToken.challenge())
                : verdict(verifier.verify(token, exchange.deadline()));
    }

    private Verdict verdict(TokenVerifier.Result result) {
        return switch (result) {
            case TokenVerifier.Result.Good(var identity) -> new Verdict.Accepted(identity);
            case TokenVerifier.Result.Bad(Failure failure) -> {
                Failure named = names.apply(failure);
                yield new Verdict.Refused(named, challenge(named));
            }
        };
    }

    /** What the sender of a token that is refused for that reason is asked for. */
    static @Nullable String challenge(Failure failure) {
        return failure.isRefusedByAuth() ? BearerToken.invalid(failure.message()) : null;
    }

    @Override
    public String insufficientScope(List<String> scopes) {
        return BearerToken.insufficientScope(scopes);
    }

    @Override
    public void rehearse() {
        verifier.rehearse();
    }
}
