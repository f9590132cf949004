package multicloud.gateway.config;

/** Where a request carries its token. */
public sealed interface TokenPlace {
    /** In the field {@code authorization} (RFC 6750, section 2.1). */
    record Bearer() implements TokenPlace {}

    /** In another field, alone or behind {@code Bearer}; {@code name} in lower case. */
    record Field(String name) implements TokenPlace {}

    /** In a cookie. */
    record Cookie(String name) implements TokenPlace {}
}
