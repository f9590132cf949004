package multicloud.gateway.config;

/**
 * The rules a document is held to.
 *
 * <p>Rules of shape are the JSON Schema's too: what breaks one the schema refuses, and what the schema refuses the reader refuses.
 * The others are what a schema cannot say: the text itself, references, what stands inside a URL or a path, and whatever looks
 * across the document. They speak of the document as written; a value that a reference brought breaks {@link #REFERENCED_VALUE}.
 */
public enum Rule {
    /** A value has the type its key wants. */
    TYPE(true),
    /** A key is one of those its object knows. */
    UNKNOWN_KEY(true),
    /** A key or value of the language is one this version does. */
    UNSUPPORTED(true),
    /** A required key is there. */
    MISSING_KEY(true),
    /** A value is one of those its key takes. */
    VALUE(true),
    /** Two keys that exclude each other do not stand together. */
    CONFLICT(true),

    /** A document has at most 5 MB. */
    SIZE(false),
    /** A document is UTF-8 without byte order mark. */
    ENCODING(false),
    /** A document is JSON (RFC 8259), whole, with nothing behind. */
    SYNTAX(false),
    /** Nothing is nested deeper than 64 levels. */
    DEPTH(false),
    /** A document has at most 10,000 problems that are told. */
    TOO_MANY(false),
    /** A key is there once. */
    DUPLICATE_KEY(false),

    /** A reference is well-formed, its value is there, and a secret is not empty. */
    REFERENCE(false),
    /** What a reference stands for fits where the reference stands. */
    REFERENCED_VALUE(false),
    /** No secret stands where the log would show it: in a name or a path. */
    SECRET_AS_NAME(false),
    /** A secret does not go out in a static answer (a warning). */
    SECRET_IN_RESPONSE(false),

    /** A duration is at most an hour, a size at most 1024 MB. */
    RANGE(false),
    /** A URL is one that may stand there: http or https with a valid host, a server's without user info, query and fragment. */
    URL(false),
    /** An address written literally is neither a metadata service nor no machine at all. */
    ADDRESS(false),
    /** A path is one that a request can have; parameters have distinct names, a wildcard is last. */
    PATH(false),
    /** A rewrite is a path, and its parameters are the path's. */
    REWRITE(false),
    /** A condition's host is a host without port. */
    HOST(false),
    /** A header is there once, whatever the case of its name, and is none that the gateway owns. */
    HEADER(false),
    /** A status that has no body has no {@code response}. */
    BODILESS_STATUS(false),
    /** A setting has an effect where it stands (a warning). */
    NO_EFFECT(false),

    /** A value of a mapping is text with references that exist, and {@code $} is doubled where it is meant. */
    TEMPLATE(false),
    /** A variable that a mapping names is defined. */
    UNDEFINED_VARIABLE(false),
    /** A claim is mapped only where somebody makes sure of it (a warning). */
    CLAIM_WITHOUT_AUTH(false),
    /** An origin is one that a browser sends, and its wildcard stays within a site. */
    ORIGIN(false),
    /** Not every origin is let in with credentials. */
    ANY_ORIGIN_WITH_CREDENTIALS(false),
    /** A secret is at least as long as the hash it is used with. */
    WEAK_SECRET(false),
    /** An API key is one entry's. */
    DUPLICATE_API_KEY(false),
    /** A principal is one that a caller can be, of one account. */
    PRINCIPAL(false),
    /** An algorithm is verified with such keys as it takes. */
    KEY_OF_ALGORITHM(false),
    /** A set of keys holds public keys that verify signatures, and nothing else. */
    JWKS(false),
    /** A login ends in the browser that began it (a warning). */
    UNCHECKED_STATE(false),
    /** A path with {@code auth} has an authorizer. */
    DANGLING_AUTHORIZER(false),
    /** An authorizer is some path's (a warning). */
    UNUSED_AUTHORIZER(false),
    /** A path's server is one of {@code servers}. */
    DANGLING_SERVER(false),
    /** A server's mirror is another server. */
    MIRROR_OF_ITSELF(false),
    /** A path with {@code residency} has a target that it may reach. */
    RESIDENCY(false),
    /** Servers have distinct aliases, and so have authorizers. */
    DUPLICATE_ALIAS(false),
    /** A server's targets have distinct names. */
    DUPLICATE_TARGET(false),
    /** Routes differ in methods, path or match. */
    DUPLICATE_ROUTE(false),
    /** A route has a method left that no other route like it takes first (a warning). */
    SHADOWED_ROUTE(false),
    /** A server is some path's (a warning). */
    UNUSED_SERVER(false);

    private final boolean shape;

    Rule(boolean shape) {
        this.shape = shape;
    }

    /** Whether the JSON Schema refuses what this rule refuses. */
    public boolean isShape() {
        return shape;
    }
}
