package multicloud.gateway.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import multicloud.gateway.config.AuthorizerConfig.Expected;
import multicloud.gateway.config.AuthorizerConfig.Jwt;
import multicloud.gateway.config.Node.Text;
import multicloud.gateway.http.Grammar;
import multicloud.gateway.jose.Algorithm;
import org.jspecify.annotations.Nullable;

/** Reads an authorizer of type {@code jwt}. */
final class JwtReader {
    static final Keys KEYS = Keys.of(
            "type",
            "issuer",
            "audience",
            "algorithm",
            "algorithms",
            "secret",
            "jwks",
            "jwks_uri",
            "discovery",
            "leeway",
            "require_exp",
            "token_header",
            "token_cookie");

    private static final String EXPECTED_ALGORITHM = "an algorithm such as \"RS256\"";

    private final Findings findings;

    JwtReader(Findings findings) {
        this.findings = findings;
    }

    Jwt read(ObjectReader authorizer, String alias) {
        authorizer.require("issuer");
        authorizer.require("audience");
        Text issuer = authorizer.filled("issuer");
        String name = issuer == null ? "" : issuer.value();
        List<Algorithm> algorithms = algorithms(authorizer);
        KeyConfig keys = new KeyReader(findings).read(authorizer, algorithms, name);
        Text leeway = authorizer.text("leeway", Amount.EXPECTED_DURATION);
        Duration span = leeway == null ? null : Amount.durationOrZero(leeway, findings);
        Expected expected = new Expected(
                name, audiences(authorizer), span == null ? Duration.ZERO : span, authorizer.flag("require_exp", true));
        return new Jwt(alias, algorithms, keys, place(authorizer), expected);
    }

    /** The algorithms as the document lists them; of a reference left unresolved nothing is known. */
    private List<Algorithm> algorithms(ObjectReader authorizer) {
        List<Algorithm> algorithms = new ArrayList<>();
        if (authorizer.has("algorithm")) {
            authorizer.exclude("algorithms", "and \"algorithm\" exclude each other: remove one of the two");
            add(authorizer, authorizer.value("algorithm"), algorithms);
        } else if (!authorizer.has("algorithms")) {
            if (authorizer.isComplete()) {
                findings.error(Rule.MISSING_KEY, authorizer.offset(), "a \"jwt\" authorizer needs its \"algorithm\"");
            }
        }
        for (Node item : authorizer.someItems("algorithms")) {
            add(authorizer, item, algorithms);
        }
        return algorithms;
    }

    private void add(ObjectReader authorizer, @Nullable Node item, List<Algorithm> algorithms) {
        Text text = item == null ? null : authorizer.text(item, EXPECTED_ALGORITHM);
        if (text == null || text.isOpaque()) {
            return;
        }
        Algorithm algorithm = Algorithm.of(text.value());
        if (algorithm == null) {
            String expected = ObjectReader.alternatives(Algorithm.NAMES);
            String message = "expected " + expected + ", found " + text.shown();
            findings.unfit(text, Rule.VALUE, expected, message + Names.hint(text.value(), Algorithm.NAMES));
        } else {
            algorithms.add(algorithm);
        }
    }

    private TokenPlace place(ObjectReader authorizer) {
        if (authorizer.has("token_header")) {
            authorizer.exclude("token_cookie", "and \"token_header\" exclude each other: remove one of the two");
        }
        Text header = token(authorizer, "token_header", "a header name");
        if (header != null) {
            return new TokenPlace.Field(header.value().toLowerCase(Locale.ROOT));
        }
        Text cookie = token(authorizer, "token_cookie", "a cookie's name");
        return cookie == null ? new TokenPlace.Bearer() : new TokenPlace.Cookie(cookie.value());
    }

    private @Nullable Text token(ObjectReader authorizer, String key, String expected) {
        Text text = authorizer.name(key);
        if (text != null && !text.isOpaque() && !text.value().isEmpty() && !Grammar.isToken(text.value())) {
            findings.unfit(text, Rule.VALUE, expected, text.shown() + " is not " + expected + Fields.TOKEN);
        }
        return text;
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
