package multicloud.gateway.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import multicloud.gateway.config.Node.Text;
import org.jspecify.annotations.Nullable;

/** The rules between servers and the paths that name them. What hangs on a reference left unresolved is not judged. */
final class ServerRules {
    private final Findings findings;
    private final Set<String> aliases = new HashSet<>();
    private final List<String> written = new ArrayList<>();
    private final Set<String> used = new HashSet<>();
    private boolean aliasesKnown = true;
    private boolean usesKnown = true;

    ServerRules(Findings findings) {
        this.findings = findings;
    }

    void check(List<ServerReader.Draft> servers, List<PathReader.Draft> paths) {
        for (ServerReader.Draft server : servers) {
            collect(server.alias());
        }
        for (PathReader.Draft path : paths) {
            use(path.server());
        }
        for (ServerReader.Draft server : servers) {
            use(server.mirror());
            if (server.mirror() != null && server.alias() != null) {
                refuseMirrorOfItself(server.alias(), server.mirror());
            }
        }
        if (usesKnown && findings.errors() == 0) {
            for (ServerReader.Draft server : servers) {
                warnIfUnused(server.alias());
            }
        }
    }

    private void refuseMirrorOfItself(Text alias, Text mirror) {
        if (!alias.isOpaque() && alias.value().equals(mirror.value())) {
            findings.unfit(
                    mirror,
                    Rule.MIRROR_OF_ITSELF,
                    "another server",
                    "a server is no mirror of itself: name another one");
        }
    }

    private void collect(@Nullable Text alias) {
        if (alias == null || alias.isOpaque()) {
            aliasesKnown = false;
            return;
        }
        if (!aliases.add(alias.value())) {
            findings.unfit(
                    alias,
                    Rule.DUPLICATE_ALIAS,
                    "another alias",
                    "the alias " + alias.shown() + " is another server's already");
        } else if (alias.origin() == null) {
            written.add(alias.value());
        }
    }

    private void use(@Nullable Text server) {
        if (server == null) {
            return;
        }
        usesKnown &= !server.isOpaque();
        used.add(server.value());
        if (aliasesKnown && !server.isOpaque() && !aliases.contains(server.value())) {
            findings.unfit(
                    server,
                    Rule.DANGLING_SERVER,
                    "the alias of a server",
                    "there is no server " + server.shown() + Names.hint(server.value(), written));
        }
    }

    private void warnIfUnused(@Nullable Text alias) {
        if (alias != null && !alias.isOpaque() && !used.contains(alias.value())) {
            findings.warning(Rule.UNUSED_SERVER, alias.offset(), "no path uses the server " + alias.shown());
        }
    }
}
