package multicloud.gateway.config;

import java.util.List;
import java.util.Map;
import multicloud.gateway.config.Resilience.Mirror;

/** The rules between a path's residency and where its server's targets lie. A target that says nothing of it lies nowhere. */
final class ResidencyRules {
    private final Map<String, ServerConfig> servers;
    private final Findings findings;

    ResidencyRules(Map<String, ServerConfig> servers, Findings findings) {
        this.servers = servers;
        this.findings = findings;
    }

    void check(int offset, List<String> jurisdictions, ServerConfig server) {
        String allowed = ObjectReader.alternatives(jurisdictions);
        if (!reaches(server, jurisdictions)) {
            findings.error(
                    Rule.RESIDENCY,
                    offset,
                    "no target of the server " + Names.quoted(server.alias()) + " has the \"jurisdiction\" " + allowed
                            + ": the path could reach nobody");
        }
        Mirror mirror = server.resilience().mirror();
        ServerConfig copy = mirror == null ? null : servers.get(mirror.server());
        if (copy != null && !reaches(copy, jurisdictions)) {
            findings.warning(
                    Rule.NO_EFFECT,
                    offset,
                    "no target of the mirror " + Names.quoted(copy.alias()) + " has the \"jurisdiction\" " + allowed
                            + ": this path is not mirrored");
        }
    }

    /** Whether some target lies there. */
    private static boolean reaches(ServerConfig server, List<String> jurisdictions) {
        return server.targets().stream()
                .map(target -> target.place().jurisdiction())
                .anyMatch(place -> place != null && jurisdictions.contains(place));
    }
}
