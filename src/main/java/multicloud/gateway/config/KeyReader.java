package multicloud.gateway.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.List;
import multicloud.gateway.config.BaseUrl.InvalidUrl;
import multicloud.gateway.config.KeyConfig.Discovered;
import multicloud.gateway.config.KeyConfig.Inline;
import multicloud.gateway.config.KeyConfig.Remote;
import multicloud.gateway.config.KeyConfig.Shared;
import multicloud.gateway.config.Node.Text;
import multicloud.gateway.jose.Algorithm;
import multicloud.gateway.jose.JwkSet;
import multicloud.gateway.jose.KeyType;
import org.jspecify.annotations.Nullable;

/** Reads where an authorizer has its keys from, and holds them to its algorithms. */
final class KeyReader {
    static final List<String> SOURCES = List.of("secret", "jwks", "jwks_uri", "discovery");

    private static final String EXPECTED_URL = "a URL such as \"https://issuer.example.com/keys\"";
    private static final String EXPECTED_SET = "a set of public keys such as {\"keys\": […]}";

    private final Findings findings;

    KeyReader(Findings findings) {
        this.findings = findings;
    }

    /**
     * The keys of an authorizer that has one of {@link #SOURCES}.
     *
     * @param algorithms those it accepts, as far as they are known
     */
    KeyConfig read(ObjectReader authorizer, List<Algorithm> algorithms, String issuer) {
        String source = source(authorizer);
        boolean shared = source.equals("secret");
        for (Algorithm algorithm : algorithms) {
            if (shared != (algorithm.keyType() == KeyType.SECRET) && authorizer.has(source)) {
                findings.error(
                        Rule.KEY_OF_ALGORITHM,
                        authorizer.offset(source),
                        shared
                                ? algorithm
                                        + " is verified with a public key: use \"jwks\", \"jwks_uri\" or \"discovery\""
                                : algorithm + " is verified with a \"secret\", and never with a public key");
            }
        }
        return switch (source) {
            case "jwks" -> new Inline(jwks(authorizer));
            case "jwks_uri" -> new Remote(url(authorizer, source));
            case "discovery" -> new Discovered(url(authorizer, source), issuer);
            default -> new Shared(secret(authorizer, "secret", algorithms));
        };
    }

    /** The one key that says where the keys are; the first of them where there are none. */
    private String source(ObjectReader authorizer) {
        List<String> given = SOURCES.stream().filter(authorizer::has).toList();
        if (given.isEmpty() && authorizer.isComplete()) {
            findings.error(
                    Rule.MISSING_KEY,
                    authorizer.offset(),
                    "an authorizer needs keys: \"secret\", \"jwks\", \"jwks_uri\" or \"discovery\"");
        }
        for (String more : given.subList(Math.min(1, given.size()), given.size())) {
            authorizer.exclude(
                    more, "cannot stand beside " + Names.quoted(given.getFirst()) + ": keys come from one place");
        }
        return given.isEmpty() ? SOURCES.getFirst() : given.getFirst();
    }

    /** A secret that is as long as the hash of each algorithm. */
    Secret secret(ObjectReader authorizer, String key, List<Algorithm> algorithms) {
        Text text = authorizer.text(key);
        if (text == null) {
            return new Secret("");
        }
        Algorithm strictest = algorithms.stream()
                .filter(algorithm -> algorithm.keyType() == KeyType.SECRET)
                .max((one, other) -> Integer.compare(one.hashBytes(), other.hashBytes()))
                .orElse(Algorithm.HS256);
        if (!text.isOpaque() && text.value().getBytes(UTF_8).length < strictest.hashBytes()) {
            findings.unfit(
                    text,
                    Rule.WEAK_SECRET,
                    "a secret of at least " + strictest.hashBytes() + " bytes",
                    "the secret is shorter than the hash of " + strictest + " (RFC 7518, 3.2): make one of at least "
                            + strictest.hashBytes() + " bytes");
        }
        return new Secret(text.value());
    }

    /** A set of keys, as an object or as text that holds one. */
    JwkSet jwks(ObjectReader authorizer) {
        JwkSet none = new JwkSet(List.of(), List.of());
        Node value = authorizer.value("jwks");
        if (value == null || value instanceof Node.Obj object && !object.complete()) {
            return none;
        }
        Text text = value instanceof Text written ? written : null;
        if (text == null && !(value instanceof Node.Obj)) {
            findings.wrongType(value, EXPECTED_SET);
            return none;
        }
        if (text != null && text.isOpaque()) {
            return none;
        }
        try {
            JwkSet set = JwkSet.read((text == null ? JsonText.of(value) : text.value()).getBytes(UTF_8));
            String reason =
                    set.unusable().isEmpty() ? "it has no keys" : set.unusable().getFirst();
            if (set.keys().isEmpty() || !set.unusable().isEmpty()) {
                unfit(value, text, reason);
            }
            return set;
        } catch (IOException e) {
            unfit(value, text, "it has no array \"keys\"");
            return none;
        }
    }

    private void unfit(Node value, @Nullable Text text, String reason) {
        String message = "this is no set of public keys (RFC 7517): " + reason;
        if (text == null) {
            findings.error(Rule.JWKS, value.offset(), message);
        } else {
            findings.unfit(text, Rule.JWKS, EXPECTED_SET, message);
        }
    }

    EndpointUrl url(ObjectReader authorizer, String key) {
        Text text = authorizer.text(key, EXPECTED_URL);
        if (text == null || text.isOpaque()) {
            return EndpointUrl.unresolved(text == null ? "" : text.value());
        }
        try {
            return EndpointUrl.parse(text.value());
        } catch (InvalidUrl e) {
            findings.unfit(text, e.rule(), EXPECTED_URL, e.message());
            return EndpointUrl.unresolved("");
        }
    }
}
