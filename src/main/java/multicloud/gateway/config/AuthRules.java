package multicloud.gateway.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import multicloud.gateway.config.Node.Text;

/** The rules between authorizers and the paths that name them. What hangs on a reference left unresolved is not judged. */
final class AuthRules {
    private final Findings findings;
    private final Set<String> aliases = new HashSet<>();
    private final Set<String> used = new HashSet<>();
    private boolean known = true;

    AuthRules(Findings findings) {
        this.findings = findings;
    }

    /**
     * Checks them.
     *
     * @param demands those of the document and of every path
     */
    void check(List<AuthorizerReader.Draft> authorizers, List<AuthReader.Draft> demands) {
        authorizers.forEach(this::collect);
        demands.forEach(this::use);
        if (known && findings.errors() == 0) {
            authorizers.forEach(this::warnIfUnused);
        }
    }

    private void collect(AuthorizerReader.Draft authorizer) {
        Text alias = authorizer.alias();
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
