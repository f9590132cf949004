package multicloud.gateway.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import multicloud.gateway.config.AuthorizerConfig.Expected;
import multicloud.gateway.config.AuthorizerConfig.Jwt;
import multicloud.gateway.config.AuthorizerConfig.Login;
import multicloud.gateway.config.BaseUrl.InvalidUrl;
import multicloud.gateway.config.LoginConfig.Client;
import multicloud.gateway.config.Node.Text;
import multicloud.gateway.jose.Algorithm;
import org.jspecify.annotations.Nullable;

/** Reads authorizers of the types {@code auth0} and {@code oidc}, with which people log in. */
final class LoginReader {
    static final Keys AUTH0 = Keys.of(
            "type",
            "domain",
            "client_id",
            "client_secret",
            "redirect_uri",
            "callback_uri",
            "jwks",
            "jwks_uri",
            "scope",
            "audience",
            "state_check",
            "return_to");
    static final Keys OIDC =
            Keys.of("type", "issuer", "client_id", "client_secret", "redirect_uri", "scope", "audience", "return_to");

    private static final String EXPECTED_DOMAIN = "a domain such as \"tenant.auth0.com\"";
    private static final String EXPECTED_ORIGIN = "an origin such as \"https://app.example.com\"";
    private static final String CONFIGURATION = "/.well-known/openid-configuration";
    private static final List<Algorithm> BY_AUTH0 = List.of(Algorithm.RS256, Algorithm.PS256);
    private static final List<Algorithm> BY_ANY = List.of(
            Algorithm.RS256,
            Algorithm.RS384,
            Algorithm.RS512,
            Algorithm.PS256,
            Algorithm.PS384,
            Algorithm.PS512,
            Algorithm.ES256,
            Algorithm.ES384,
            Algorithm.ES512,
            Algorithm.EDDSA);

    private final Findings findings;
    private final KeyReader keys;

    LoginReader(Findings findings) {
        this.findings = findings;
        this.keys = new KeyReader(findings);
    }

    /** A tenant of Auth0: its tokens are of the issuer {@code https://DOMAIN/}. */
    Login auth0(ObjectReader authorizer, String alias) {
        authorizer.require("domain");
        Client client = client(authorizer);
        EndpointUrl domain = domain(authorizer);
        boolean checked = authorizer.flag("state_check", true);
        Node callback = authorizer.value("callback_uri");
        if (callback != null && authorizer.text(callback, "a URL") != null) {
            findings.warning(
                    Rule.NO_EFFECT,
                    callback.offset(),
                    "\"callback_uri\" has no effect: \"redirect_uri\" is where Auth0 sends browsers back to");
        }
        Node check = authorizer.value("state_check");
        if (!checked && check != null) {
            findings.warning(
                    Rule.UNCHECKED_STATE,
                    check.offset(),
                    "without this check a login that somebody else began can end in anybody's browser");
        }
        LoginConfig login = new LoginConfig(new LoginConfig.Auth0(domain), client, checked, returnTo(authorizer));
        return login(alias, login, BY_AUTH0, auth0Keys(authorizer), domain + "/");
    }

    /** Any issuer that publishes its configuration. */
    Login oidc(ObjectReader authorizer, String alias) {
        authorizer.require("issuer");
        Client client = client(authorizer);
        EndpointUrl base = keys.url(authorizer, "issuer");
        Text issuer = authorizer.filled("issuer");
        String name = issuer == null ? "" : issuer.value();
        KeyConfig.Discovered configuration = new KeyConfig.Discovered(base.below(CONFIGURATION), name);
        LoginConfig login = new LoginConfig(new LoginConfig.OpenId(configuration), client, true, returnTo(authorizer));
        return login(alias, login, BY_ANY, configuration, name);
    }

    private static Login login(
            String alias, LoginConfig login, List<Algorithm> algorithms, KeyConfig keys, String issuer) {
        String audience = login.client().audience();
        List<String> audiences = List.of(audience == null ? login.client().id() : audience);
        Expected expected = new Expected(issuer, audiences, Duration.ZERO, true);
        return new Login(alias, login, new Jwt(alias, algorithms, keys, new TokenPlace.Bearer(), expected));
    }

    private Client client(ObjectReader authorizer) {
        for (String key : List.of("client_id", "client_secret", "redirect_uri", "scope")) {
            authorizer.require(key);
        }
        Text audience = authorizer.filled("audience");
        return new Client(
                value(authorizer.filled("client_id")),
                new Secret(value(authorizer.filled("client_secret"))),
                value(authorizer.filled("redirect_uri")),
                value(authorizer.filled("scope")),
                audience == null ? null : audience.value());
    }

    private EndpointUrl domain(ObjectReader authorizer) {
        Text text = authorizer.text("domain", EXPECTED_DOMAIN);
        if (text == null || text.isOpaque()) {
            return EndpointUrl.unresolved(text == null ? "" : text.value());
        }
        try {
            String url = text.value().contains("://") ? text.value() : "https://" + text.value();
            return EndpointUrl.parse(url).below("");
        } catch (InvalidUrl e) {
            findings.unfit(text, e.rule(), EXPECTED_DOMAIN, e.message());
            return EndpointUrl.unresolved("");
        }
    }

    private KeyConfig auth0Keys(ObjectReader authorizer) {
        if (authorizer.has("jwks")) {
            authorizer.exclude("jwks_uri", "cannot stand beside \"jwks\": keys come from one place");
            return new KeyConfig.Inline(keys.jwks(authorizer));
        }
        if (authorizer.isComplete() && !authorizer.has("jwks_uri")) {
            findings.error(
                    Rule.MISSING_KEY,
                    authorizer.offset(),
                    "an \"auth0\" authorizer needs keys: \"jwks_uri\", which is https://DOMAIN/.well-known/jwks.json, or \"jwks\"");
        }
        return new KeyConfig.Remote(keys.url(authorizer, "jwks_uri"));
    }

    private List<String> returnTo(ObjectReader authorizer) {
        List<String> origins = new ArrayList<>();
        for (Node item : authorizer.items("return_to")) {
            Text text = authorizer.text(item, EXPECTED_ORIGIN);
            if (text == null || text.isOpaque()) {
                continue;
            }
            String origin = origin(text.value());
            if (origin == null) {
                findings.unfit(
                        text,
                        Rule.ORIGIN,
                        EXPECTED_ORIGIN,
                        text.shown() + " is nowhere to return to: expected " + EXPECTED_ORIGIN);
            } else {
                origins.add(origin);
            }
        }
        return origins;
    }

    private static @Nullable String origin(String text) {
        try {
            EndpointUrl url = EndpointUrl.parse(text);
            return url.place().toString().equals(text) && url.place().path().isEmpty() ? text : null;
        } catch (InvalidUrl e) {
            return null;
        }
    }

    private static String value(@Nullable Text text) {
        return text == null ? "" : text.value();
    }
}
