package multicloud.gateway.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import multicloud.gateway.config.Node.Text;
import org.jspecify.annotations.Nullable;

/** The rules between authorizers and the paths that name them. What hangs on a reference left unresolved is not judged. */
final class AuthRules {
    private final Findings findings;
    private final Set<String> aliases = new HashSet<>();
    private final Set<String> used = new HashSet<>();
    private final Map<String, String> logins = new HashMap<>();
    private boolean known = true;

    AuthRules(Findings findings) {
        this.findings = findings;
    }

    /**
     * Checks them.
     *
     * @param demands those of the document and of every path
     * @param steps those of logins
     */
    void check(
            List<AuthorizerReader.Draft> authorizers,
            List<AuthReader.Draft> demands,
            List<LoginStepReader.Draft> steps) {
        authorizers.forEach(this::collect);
        demands.forEach(this::use);
        steps.forEach(this::use);
        if (known && findings.errors() == 0) {
            authorizers.forEach(this::warnIfUnused);
        }
    }

    private void collect(AuthorizerReader.Draft authorizer) {
        Text alias = authorizer.alias();
        String kind = kind(authorizer.config());
        if (kind != null) {
            logins.put(authorizer.config().alias(), kind);
        }
        known &= alias == null || !alias.isOpaque();
        if (!aliases.add(authorizer.config().alias()) && alias != null && !alias.isOpaque()) {
            findings.unfit(
                    alias,
                    Rule.DUPLICATE_ALIAS,
                    "another alias",
                    "the alias " + alias.shown() + " is another authorizer's already");
        } else if (alias != null && alias.value().equals(AuthorizerConfig.DEFAULT)) {
            findings.unfit(
                    alias,
                    Rule.DUPLICATE_ALIAS,
                    "another alias",
                    "the alias \"default\" is that of \"authorizer\": move this one there, or call it otherwise");
        }
    }

    private void use(AuthReader.Draft demand) {
        AuthConfig config = demand.config();
        if (config == null) {
            return;
        }
        Text written = demand.authorizer();
        known &= written == null || !written.isOpaque();
        used.add(config.authorizer());
        if (!known || aliases.contains(config.authorizer())) {
            return;
        }
        if (written == null) {
            findings.error(
                    Rule.DANGLING_AUTHORIZER,
                    demand.offset(),
                    "there is no \"authorizer\" to say who somebody is, so nobody could be let in: add one");
        } else {
            findings.unfit(
                    written,
                    Rule.DANGLING_AUTHORIZER,
                    "the alias of an authorizer",
                    "there is no authorizer " + written.shown()
                            + Names.hint(written.value(), new ArrayList<>(aliases)));
        }
    }

    /** A step of a login has an authorizer of its own kind. */
    private void use(LoginStepReader.Draft step) {
        String alias = step.config().authorizer();
        Text written = step.authorizer();
        known &= written == null || !written.isOpaque();
        used.add(alias);
        if (!known || step.kind().equals(logins.get(alias))) {
            return;
        }
        if (written == null) {
            findings.error(
                    Rule.DANGLING_AUTHORIZER,
                    step.offset(),
                    "\"authorizer\" is not of the type " + Names.quoted(step.kind()) + ": name one that is");
        } else {
            findings.unfit(
                    written,
                    Rule.DANGLING_AUTHORIZER,
                    "the alias of an authorizer",
                    "there is no authorizer " + written.shown() + " of the type " + Names.quoted(step.kind())
                            + Names.hint(written.value(), new ArrayList<>(logins.keySet())));
        }
    }

    private static @Nullable String kind(AuthorizerConfig config) {
        return switch (config) {
            case AuthorizerConfig.Login login ->
                login.login().provider() instanceof LoginConfig.Auth0 ? "auth0" : "oidc";
            case AuthorizerConfig.ApiKey keys -> null;
            case AuthorizerConfig.Iam callers -> null;
            case AuthorizerConfig.Jwt jwt -> null;
            case AuthorizerConfig.Supabase supabase -> null;
        };
    }

    private void warnIfUnused(AuthorizerReader.Draft authorizer) {
        if (!used.contains(authorizer.config().alias())) {
            findings.warning(
                    Rule.UNUSED_AUTHORIZER,
                    authorizer.offset(),
                    "no path uses the authorizer "
                            + Names.quoted(authorizer.config().alias()));
        }
    }
}
