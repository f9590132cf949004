package multicloud.gateway.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import multicloud.gateway.http.Timeouts;

/** Reads the tree of a document into records, and holds them to the rules across it. */
final class DocumentReader {
    static final Keys KEYS = Keys.of(
                    "$schema", "title", "description", "variables", "servers", "timeouts", "limits", "paths")
            .later(
                    "services",
                    "serviceBindings",
                    "servicesBindings",
                    "cors",
                    "authorizer",
                    "authorizers",
                    "auth",
                    "trusted_proxy",
                    "gateway",
                    "telemetry");

    private final Findings findings;

    DocumentReader(Findings findings) {
        this.findings = findings;
    }

    /** The document, with defaults where it has errors. */
    GatewayConfig read(Node root) {
        ObjectReader document = ObjectReader.of(root, KEYS, findings);
        document.require("paths");
        document.text("$schema");
        document.text("title");
        document.text("description");
        Defaults defaults = Defaults.BUILT_IN.below(document, findings);
        List<ServerReader.Draft> servers = new ArrayList<>();
        ServerReader serverReader = new ServerReader(defaults.timeouts(), findings);
        for (Node item : document.items("servers")) {
            servers.add(serverReader.read(item));
        }
        List<PathReader.Draft> paths = new ArrayList<>();
        PathReader pathReader = new PathReader(defaults, timeouts(servers), findings);
        for (Node item : document.items("paths")) {
            paths.add(pathReader.read(paths.size(), item));
        }
        if (document.isComplete()) {
            new ServerRules(findings).check(servers, paths);
        }
        new RouteRules(findings).check(paths);
        return config(servers, PathReader.variables(document, findings), paths);
    }

    private static Map<String, Timeouts> timeouts(List<ServerReader.Draft> servers) {
        Map<String, Timeouts> timeouts = new HashMap<>();
        for (ServerReader.Draft server : servers) {
            timeouts.put(server.config().alias(), server.config().timeouts());
        }
        return timeouts;
    }

    private static GatewayConfig config(
            List<ServerReader.Draft> servers, Map<String, String> variables, List<PathReader.Draft> paths) {
        List<ServerConfig> serverConfigs = new ArrayList<>(servers.size());
        for (ServerReader.Draft server : servers) {
            serverConfigs.add(server.config());
        }
        List<PathConfig> pathConfigs = new ArrayList<>(paths.size());
        for (PathReader.Draft path : paths) {
            pathConfigs.add(path.config());
        }
        return new GatewayConfig(serverConfigs, variables, pathConfigs);
    }
}
