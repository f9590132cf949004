package multicloud.gateway.policy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import multicloud.gateway.auth.Authorizer;
import multicloud.gateway.auth.Verdict;
import multicloud.gateway.config.AuthConfig;
import multicloud.gateway.http.Answers;
import multicloud.gateway.http.Claims;
import multicloud.gateway.http.Exchange;
import multicloud.gateway.http.Failure;
import multicloud.gateway.http.Handler;
import multicloud.gateway.http.Headers;
import multicloud.gateway.http.Identity;
import multicloud.gateway.http.Response;
import org.jspecify.annotations.Nullable;

/** Lets in only whom an authorizer vouches for, and of those only who has the scopes and claims that the path demands. */
public final class Authentication implements Policy {
    private static final String CHALLENGE = "www-authenticate";

    private final Authorizer authorizer;
    private final AuthConfig demand;

    public Authentication(Authorizer authorizer, AuthConfig demand) {
        this.authorizer = authorizer;
        this.demand = demand;
    }

    /** What it demands. */
    public AuthConfig demand() {
        return demand;
    }

    /** The same for requests that are only asked about: nobody is made sure of, everybody is let in. */
    Policy assumed() {
        Identity somebody = new Identity(demand.authorizer(), null, null, Set.copyOf(demand.scopes()), Map.of());
        return next -> exchange -> next.handle(exchange.withIdentity(somebody));
    }

    @Override
    public Handler around(Handler next) {
        return exchange -> switch (authorizer.authorize(exchange)) {
            case Verdict.Accepted(Identity identity) -> admit(exchange.withIdentity(identity), identity, next);
            case Verdict.Refused(Failure failure, String challenge) -> refuse(failure, challenge, exchange);
        };
    }

    private Response admit(Exchange exchange, Identity identity, Handler next) {
        if (!identity.scopes().containsAll(demand.scopes())) {
            return refuse(Failure.INSUFFICIENT_SCOPE, authorizer.insufficientScope(demand.scopes()), exchange);
        }
        return hasClaims(identity) ? next.handle(exchange) : Answers.of(Failure.CLAIM_MISMATCH, exchange);
    }

    private static Response refuse(Failure failure, @Nullable String challenge, Exchange exchange) {
        return Answers.of(failure, exchange, challenge == null ? Headers.empty() : Headers.of(CHALLENGE, challenge));
    }

    private boolean hasClaims(Identity identity) {
        for (Map.Entry<String, List<String>> claim : demand.claims().entrySet()) {
            List<String> had = Claims.values(Claims.find(identity.claims(), claim.getKey()));
            if (had.stream().noneMatch(claim.getValue()::contains)) {
                return false;
            }
        }
        return true;
    }
}
