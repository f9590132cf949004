package multicloud.gateway.http;

import java.util.Locale;

/**
 * Everything the gateway answers by itself because something went wrong: the one place where failures become status codes.
 *
 * <p>The code is what programs read: the constant's name in lower case, but for those of refused tokens, which clients know from
 * elsewhere. The message is for people and never holds an address, a secret or anything of the request.
 */
public enum Failure {
    MALFORMED_REQUEST(400, "The request is malformed or ambiguous."),
    MISSING_CODE(400, "The code of the login is missing."),
    MISSING_REFRESH_TOKEN(400, "The refresh token is missing."),
    RETURN_TO_REFUSED(400, "The place to return to is not allowed."),
    MISSING_EMAIL(400, "The address is missing."),
    MISSING_EMAIL_OR_PHONE(400, "The address or number is missing."),
    MISSING_TOKEN_OR_CONTACT(400, "The code, or the address or number, is missing."),
    TOKEN_MISSING(401, "No token provided or token format is invalid.", "AUTH_ERROR"),
    TOKEN_REFUSED(401, "JWT verification failed", "AUTH_ERROR"),
    TOKEN_EXPIRED(401, "Token has expired.", "ERR_JWT_EXPIRED"),
    TOKEN_NOT_YET(401, "JWT claim validation failed", "ERR_JWT_CLAIM_VALIDATION_FAILED"),
    TOKEN_CLAIM_REFUSED(401, "JWT claim validation failed", "ERR_JWT_CLAIM_VALIDATION_FAILED"),
    TOKEN_CLAIMS_MALFORMED(401, "Invalid JWT", "ERR_JWT_INVALID"),
    TOKEN_MALFORMED(401, "Invalid JWS", "ERR_JWS_INVALID"),
    TOKEN_SIGNATURE_REFUSED(401, "Signature verification failed", "ERR_JWS_SIGNATURE_VERIFICATION_FAILED"),
    TOKEN_ALGORITHM_REFUSED(401, "Algorithm not allowed", "ERR_JOSE_ALG_NOT_ALLOWED"),
    API_KEY_MISSING(401, "An API key is needed here."),
    API_KEY_REFUSED(401, "The API key is not one that is let in here."),
    CALLER_UNKNOWN(
            401, "AWS has made sure of no caller, which it does in front of a function URL of type AWS_IAM alone."),
    PRINCIPAL_REFUSED(403, "The caller is none of those that are let in here."),
    INSUFFICIENT_SCOPE(403, "The scopes that are needed here are missing."),
    CLAIM_MISMATCH(403, "The claims that are needed here are missing."),
    KEY_NOT_FOUND(401, "No matching key found in JWKS.", "ERR_JWKS_NO_MATCHING_KEY"),
    KEY_AMBIGUOUS(401, "Multiple matching keys found in JWKS.", "ERR_JWKS_MULTIPLE_MATCHING_KEYS"),
    KEYS_MALFORMED(401, "Invalid JWKS", "ERR_JWKS_INVALID"),
    SUPABASE_TOKEN_EXPIRED(401, "Token has expired.", "JWT_EXPIRED"),
    SUPABASE_TOKEN_NOT_YET(401, "Token not active yet (nbf)", "JWT_NOT_ACTIVE"),
    SUPABASE_TOKEN_REFUSED(401, "JWT verification failed", "JWT_INVALID"),
    SUPABASE_OTP_REFUSED(401, "The code is wrong or has expired.", "SUPABASE_OTP_VERIFY_FAILED"),
    ACCESS_TOKEN_MISSING(401, "Missing bearer token", "missing_access_token"),
    STATE_MISMATCH(403, "The login was not begun by this browser, or too long ago."),
    LOGIN_DENIED(403, "The login was refused or broken off."),
    NO_ROUTE(404, "No match found."),
    METHOD_NOT_ALLOWED(405, "The method is not allowed here."),
    REQUEST_TIMEOUT(408, "The request was not sent in time."),
    BODY_TOO_LARGE(413, "The request's body is too large."),
    TARGET_TOO_LONG(414, "The request's path or query is too long."),
    HEADERS_TOO_LARGE(431, "The request's headers are too many or too large."),
    INTERNAL(500, "Internal server error"),
    SUPABASE_ENV_MISSING(500, "The gateway does not know where Supabase is.", "SUPABASE_ENV_MISSING"),
    METHOD_NOT_IMPLEMENTED(501, "The method is not supported."),

    ADDRESS_REFUSED(502, "The upstream's address is not allowed."),
    DNS_FAILED(502, "The upstream's name could not be resolved."),
    UPSTREAM_UNREACHABLE(502, "The upstream could not be reached."),
    UPSTREAM_TLS(502, "No trusted connection to the upstream could be made."),
    UPSTREAM_RESET(502, "The upstream broke the connection off."),
    UPSTREAM_MALFORMED(502, "The upstream's answer is malformed."),
    RESPONSE_TOO_LARGE(502, "The upstream's answer is too large."),

    NO_CONFIG(503, "API configuration is missing or invalid."),
    NO_TARGET(503, "No target of the upstream can take the request."),
    RESIDENCY(503, "The request may not be answered from here."),
    ISSUER_UNAVAILABLE(503, "The issuer of the tokens cannot be asked for its keys."),
    OVERLOADED(503, "No connection to the upstream is free."),
    UPSTREAM_TIMEOUT(504, "The upstream did not answer in time."),
    LOOP_DETECTED(508, "The request has passed this gateway before.");

    private final int status;
    private final String message;
    private final String code;

    Failure(int status, String message) {
        this.status = status;
        this.message = message;
        this.code = name().toLowerCase(Locale.ROOT);
    }

    Failure(int status, String message, String code) {
        this.status = status;
        this.message = message;
        this.code = code;
    }

    /** The HTTP status a client gets. */
    public int status() {
        return status;
    }

    /** The machine-readable name. */
    public String code() {
        return code;
    }

    /** Whether it is that an authorizer or a route's demands refuse the sender. */
    public boolean isRefusedByAuth() {
        return status == 401 || status == 403;
    }

    /** The sentence a client gets. */
    public String message() {
        return message;
    }
}
