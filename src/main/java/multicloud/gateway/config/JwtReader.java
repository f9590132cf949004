package multicloud.gateway.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import multicloud.gateway.config.AuthorizerConfig.Expected;
import multicloud.gateway.config.AuthorizerConfig.Jwt;
import multicloud.gateway.config.Node.Text;

/** Reads an authorizer of type {@code jwt}. */
final class JwtReader {
    static final Keys KEYS = Keys.of("type", "issuer", "audience", "algorithm", "secret", "leeway", "require_exp")
            .later("algorithms", "jwks", "jwks_uri", "discovery", "token_header", "token_cookie");
    static final List<String> ALGORITHMS = List.of("HS256");
    static final List<String> LATER_ALGORITHMS = List.of(
            "HS384", "HS512", "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA",
            "Ed25519");
    private static final int HS256_BYTES = 32;

    private final Findings findings;

    JwtReader(Findings findings) {
        this.findings = findings;
    }

    Jwt read(ObjectReader authorizer, String alias) {
        authorizer.require("issuer");
        authorizer.require("audience");
        authorizer.require("algorithm");
        authorizer.require("secret");
        Text issuer = authorizer.filled("issuer");
        Text leeway = authorizer.text("leeway", Amount.EXPECTED_DURATION);
        Duration span = leeway == null ? null : Amount.durationOrZero(leeway, findings);
        return new Jwt(
                alias,
                algorithm(authorizer),
                secret(authorizer),
                new Expected(
                        issuer == null ? "" : issuer.value(),
                        audiences(authorizer),
                        span == null ? Duration.ZERO : span,
                        authorizer.flag("require_exp", true)));
    }

    private String algorithm(ObjectReader authorizer) {
        if (authorizer.value("algorithm") instanceof Text text && LATER_ALGORITHMS.contains(text.value())) {
            findings.unfit(
                    text,
                    Rule.UNSUPPORTED,
                    ObjectReader.alternatives(ALGORITHMS),
                    "the algorithm " + text.shown() + " is not supported yet");
            return text.value();
        }
        return authorizer.word("algorithm", ALGORITHMS);
    }

    private Secret secret(ObjectReader authorizer) {
        Text text = authorizer.text("secret");
        if (text == null) {
            return new Secret("");
        }
        if (!text.isOpaque() && text.value().getBytes(UTF_8).length < HS256_BYTES) {
            findings.unfit(
                    text,
                    Rule.WEAK_SECRET,
                    "a secret of at least " + HS256_BYTES + " bytes",
                    "the secret is shorter than the hash of HS256 (RFC 7518, 3.2): make one of at least " + HS256_BYTES
                            + " bytes");
        }
        return new Secret(text.value());
    }

    private List<String> audiences(ObjectReader authorizer) {
        Node value = authorizer.value("audience");
        if (value == null) {
            return List.of();
        }
        if (value instanceof Text) {
            Text one = authorizer.filled("audience");
            return one == null ? List.of() : List.of(one.value());
        }
        if (!(value instanceof Node.Arr)) {
            findings.wrongType(value, "an audience or an array of audiences");
            return List.of();
        }
        List<String> audiences = new ArrayList<>();
        for (Node item : authorizer.someItems("audience")) {
            Text text = authorizer.text(item, "an audience");
            if (text != null) {
                audiences.add(text.value());
            }
        }
        return audiences;
    }
}
