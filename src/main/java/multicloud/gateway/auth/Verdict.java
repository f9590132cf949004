package multicloud.gateway.auth;

import multicloud.gateway.http.Failure;
import multicloud.gateway.http.Identity;
import org.jspecify.annotations.Nullable;

/** What an authorizer says of a request. */
public sealed interface Verdict {
    /** It is certain who sends it. */
    record Accepted(Identity identity) implements Verdict {}

    /**
     * It is not.
     *
     * @param challenge what the sender is asked for, as WWW-Authenticate has it (RFC 9110, section 11.6.1); null where nothing would help
     */
    record Refused(Failure failure, @Nullable String challenge) implements Verdict {}
}
