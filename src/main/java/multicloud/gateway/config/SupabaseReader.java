package multicloud.gateway.config;

import java.time.Duration;
import java.util.List;
import multicloud.gateway.config.AuthorizerConfig.Expected;
import multicloud.gateway.config.AuthorizerConfig.Jwt;
import multicloud.gateway.config.AuthorizerConfig.Supabase;
import multicloud.gateway.config.BaseUrl.InvalidUrl;
import multicloud.gateway.config.Node.Text;
import multicloud.gateway.config.PathConfig.OneTimeCode;
import multicloud.gateway.config.PathConfig.SupabaseStep;
import multicloud.gateway.jose.Algorithm;
import org.jspecify.annotations.Nullable;

/** Reads what has to do with Supabase: its authorizer, and its logins by one-time codes. */
final class SupabaseReader {
    static final Keys KEYS = Keys.of("type", "jwt_secret", "jwks_uri", "issuer", "audience");
    static final Keys STEP = Keys.of("type");
    static final List<String> STEPS =
            List.of("supabase_passwordless_auth", "supabase_passwordless_verify", "supabase_passwordless_auth_alt");

    private static final String URL = "SUPABASE_URL";
    private static final String KEY = "SUPABASE_SERVICE_ROLE_KEY";

    private final Findings findings;

    SupabaseReader(Findings findings) {
        this.findings = findings;
    }

    Supabase read(ObjectReader authorizer, String alias) {
        authorizer.require("issuer");
        authorizer.require("audience");
        Text issuer = authorizer.filled("issuer");
        Text audience = authorizer.filled("audience");
        boolean remote = authorizer.has("jwks_uri");
        List<Algorithm> algorithms =
                remote ? List.of(Algorithm.ES256, Algorithm.RS256, Algorithm.EDDSA) : List.of(Algorithm.HS256);
        Expected expected = new Expected(value(issuer), List.of(value(audience)), Duration.ZERO, true);
        return new Supabase(
                alias,
                new Jwt(alias, algorithms, keys(authorizer, remote, algorithms), new TokenPlace.Bearer(), expected));
    }

    private KeyConfig keys(ObjectReader authorizer, boolean remote, List<Algorithm> algorithms) {
        KeyReader keys = new KeyReader(findings);
        if (remote) {
            authorizer.exclude("jwt_secret", "cannot stand beside \"jwks_uri\": keys come from one place");
            return new KeyConfig.Remote(keys.url(authorizer, "jwks_uri"));
        }
        if (authorizer.isComplete() && !authorizer.has("jwt_secret")) {
            findings.error(
                    Rule.MISSING_KEY,
                    authorizer.offset(),
                    "a \"supabase\" authorizer needs keys: \"jwt_secret\" or \"jwks_uri\"");
        }
        return new KeyConfig.Shared(keys.secret(authorizer, "jwt_secret", algorithms));
    }

    /** Whether the integration is a step of such a login; its type is written out, since others have other keys. */
    static boolean takes(@Nullable Node integration) {
        return integration instanceof Node.Obj object
                && object.get("type") instanceof Text type
                && type.origin() == null
                && STEPS.contains(type.value());
    }

    /** A step; where Supabase is says the environment alone, as in the documents that it comes from. */
    SupabaseStep step(Node integration, References references) {
        ObjectReader reader = ObjectReader.of(integration, STEP, findings);
        Text type = reader.text("type");
        String name = value(type);
        OneTimeCode step = switch (name) {
            case "supabase_passwordless_verify" -> OneTimeCode.VERIFY;
            case "supabase_passwordless_auth_alt" -> OneTimeCode.SEND_BY_MAIL;
            default -> OneTimeCode.SEND;
        };
        String url = references.lookup(References.Kind.ENV, URL);
        String key = references.lookup(References.Kind.SECRET, KEY);
        if (!references.equals(References.UNRESOLVED) && (url == null || key == null)) {
            findings.warning(
                    Rule.REFERENCE,
                    reader.offset(),
                    "the environment does not set " + (url == null ? URL : KEY)
                            + ": until it does, this path answers 500");
        }
        return new SupabaseStep(
                name,
                step,
                url == null ? null : url(url, reader.offset()),
                key == null || key.isEmpty() ? null : new Secret(key));
    }

    private @Nullable EndpointUrl url(String url, int offset) {
        try {
            return EndpointUrl.parse(url);
        } catch (InvalidUrl e) {
            findings.error(Rule.REFERENCED_VALUE, offset, "the value of " + URL + " is no URL: " + e.message());
            return null;
        }
    }

    private static String value(@Nullable Text text) {
        return text == null ? "" : text.value();
    }
}
