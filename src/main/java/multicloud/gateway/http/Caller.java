package multicloud.gateway.http;

import org.jspecify.annotations.Nullable;

/**
 * Who signed a request with AWS credentials, as AWS itself has made sure of it before the request came here.
 *
 * @param arn the user, the session of a role, or whoever else
 * @param accountId the account's twelve digits
 * @param userId the unique id of the user or session
 * @param callerId the unique id of the caller
 * @param organizationId the organization the account belongs to
 */
public record Caller(
        String arn,
        @Nullable String accountId,
        @Nullable String userId,
        @Nullable String callerId,
        @Nullable String organizationId) {}
