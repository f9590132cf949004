package multicloud.gateway.auth;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import multicloud.gateway.config.AuthorizerConfig.Iam;
import multicloud.gateway.http.Caller;
import multicloud.gateway.http.Exchange;
import multicloud.gateway.http.Failure;
import multicloud.gateway.http.Identity;
import org.jspecify.annotations.Nullable;

/**
 * Accepts callers whom AWS has made sure of before the request came here, which it does in front of a function URL of type AWS_IAM.
 * Where nobody does, as in front of a server, it accepts nobody.
 */
final class IamAuthorizer implements Authorizer {
    private static final String CHALLENGE = "AWS4-HMAC-SHA256";

    private final Iam config;

    /** An authorizer as the document has it. */
    IamAuthorizer(Iam config) {
        this.config = config;
    }

    @Override
    public Verdict authorize(Exchange exchange) {
        Caller caller = exchange.client().caller();
        if (caller == null) {
            return new Verdict.Refused(Failure.CALLER_UNKNOWN, CHALLENGE);
        }
        return config.principals().stream().anyMatch(principal -> principal.matches(caller.arn()))
                ? new Verdict.Accepted(identity(caller))
                : new Verdict.Refused(Failure.PRINCIPAL_REFUSED, null);
    }

    /** The claims are called as AWS calls them. */
    private Identity identity(Caller caller) {
        Map<String, @Nullable Object> claims = new LinkedHashMap<>();
        claims.put("sub", caller.arn());
        claims.put("userArn", caller.arn());
        claims.put("accountId", caller.accountId());
        claims.put("userId", caller.userId());
        claims.put("callerId", caller.callerId());
        claims.put("principalOrgId", caller.organizationId());
        return new Identity(config.alias(), null, caller.arn(), Set.of(), Collections.unmodifiableMap(claims));
    }
}
