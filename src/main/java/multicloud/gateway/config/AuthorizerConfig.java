package multicloud.gateway.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import multicloud.gateway.jose.Algorithm;
import org.jspecify.annotations.Nullable;

/** An authorizer: {@code authorizer}, whose alias is {@code default}, or an entry of {@code authorizers}. */
public sealed interface AuthorizerConfig {
    /** The alias of the one that stands in {@code authorizer}. */
    String DEFAULT = "default";

    /** The name that paths use. */
    String alias();

    /**
     * Signed tokens (JWT, RFC 7519; JWS, RFC 7515).
     *
     * @param algorithms those that are accepted, all of which take keys such as {@code keys} has
     * @param place where a request carries its token; default the bearer field
     */
    record Jwt(String alias, List<Algorithm> algorithms, KeyConfig keys, TokenPlace place, Expected expected)
            implements AuthorizerConfig {
        public Jwt {
            algorithms = List.copyOf(algorithms);
        }
    }

    /**
     * Tokens of people who log in with somebody whom the gateway knows as a client.
     *
     * @param token which tokens it accepts
     */
    record Login(String alias, LoginConfig login, Jwt token) implements AuthorizerConfig {}

    /**
     * Tokens of a Supabase project, whose refusals have names of their own.
     *
     * @param token which tokens it accepts
     */
    record Supabase(String alias, Jwt token) implements AuthorizerConfig {}

    /**
     * Keys of which the document has only digests.
     *
     * @param header the field that a key comes in, in lower case
     */
    record ApiKey(String alias, String header, List<Key> keys) implements AuthorizerConfig {
        public ApiKey {
            keys = List.copyOf(keys);
        }
    }

    /** Callers whom AWS has made sure of, as it does in front of a function URL of type AWS_IAM. */
    record Iam(String alias, List<PrincipalPattern> principals) implements AuthorizerConfig {
        public Iam {
            principals = List.copyOf(principals);
        }
    }

    /**
     * A key, and whose it is.
     *
     * @param id its holder; several keys may have the same one, as while one takes the place of another
     * @param sha256 its digest in hexadecimal digits, in lower case
     * @param claims what is said of the holder beside its id and scopes: texts, numbers, booleans, lists and maps of them, null
     */
    record Key(String id, Secret sha256, List<String> scopes, Map<String, @Nullable Object> claims) {
        public Key {
            scopes = List.copyOf(scopes);
        }

        /** Without the claims, which may be secrets. */
        @Override
        public String toString() {
            return "Key[" + id + "]";
        }
    }

    /**
     * What a token must say.
     *
     * @param issuer its {@code iss}
     * @param audiences one of them must be in its {@code aud}
     * @param leeway by how much clocks may differ; default 0 s
     * @param requireExp whether it must say when it ends; default true
     */
    record Expected(String issuer, List<String> audiences, Duration leeway, boolean requireExp) {
        public Expected {
            audiences = List.copyOf(audiences);
        }
    }
}
