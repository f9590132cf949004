package multicloud.gateway.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import multicloud.gateway.config.AuthorizerConfig.ApiKey;
import multicloud.gateway.config.Node.Text;
import org.jspecify.annotations.Nullable;

/** Reads an authorizer of type {@code api_key}. */
final class ApiKeyReader {
    static final Keys KEYS = Keys.of("type", "header", "keys");
    static final Keys KEY = Keys.of("id", "sha256", "scopes", "claims");

    private static final int HEX_DIGITS = 64;
    private static final String EXPECTED = "the SHA-256 of a key in 64 hexadecimal digits";

    /** What every identity has beside the claims that the document gives it. */
    private static final List<String> OWN_CLAIMS = List.of("sub", "scope");

    private final Findings findings;
    private final Set<String> digests = new HashSet<>();

    ApiKeyReader(Findings findings) {
        this.findings = findings;
    }

    ApiKey read(ObjectReader authorizer, String alias) {
        authorizer.require("header");
        authorizer.require("keys");
        Text header = authorizer.text("header", "a header name");
        List<AuthorizerConfig.Key> keys = new ArrayList<>();
        for (Node item : authorizer.someItems("keys")) {
            keys.add(key(ObjectReader.of(item, KEY, findings)));
        }
        return new ApiKey(alias, header == null ? "" : Fields.consumed(header, findings), keys);
    }

    private AuthorizerConfig.Key key(ObjectReader key) {
        key.require("id");
        key.require("sha256");
        Text id = key.name("id");
        return new AuthorizerConfig.Key(
                id == null ? "" : id.value(), sha256(key), new AuthReader(findings).scopes(key), claims(key));
    }

    private Secret sha256(ObjectReader key) {
        Text text = key.text("sha256", EXPECTED);
        if (text == null || text.isOpaque()) {
            return new Secret(text == null ? "" : text.value());
        }
        String digest = text.value().toLowerCase(Locale.ROOT);
        if (digest.length() != HEX_DIGITS || !digest.chars().allMatch(c -> c < 0x80 && Character.digit(c, 16) >= 0)) {
            findings.unfit(text, Rule.VALUE, EXPECTED, "expected " + EXPECTED + ", found something else");
        } else if (!digests.add(digest)) {
            findings.unfit(text, Rule.DUPLICATE_API_KEY, EXPECTED, "this is another entry's key already");
        }
        return new Secret(digest);
    }

    private Map<String, @Nullable Object> claims(ObjectReader key) {
        Node value = key.value("claims");
        if (value == null) {
            return Map.of();
        }
        ObjectReader claims = ObjectReader.of(value, findings);
        for (String own : OWN_CLAIMS) {
            claims.exclude(own, "is what the key's \"id\" and \"scopes\" say");
        }
        return Json.members(claims.members());
    }
}
