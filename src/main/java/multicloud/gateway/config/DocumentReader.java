package multicloud.gateway.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import multicloud.gateway.config.GatewayConfig.General;
import multicloud.gateway.config.Node.Member;
import multicloud.gateway.config.Node.Text;

/** Reads the tree of a document into records, and holds them to the rules across it. */
final class DocumentReader {
    static final Keys KEYS = Keys.of(
                    "$schema",
                    "title",
                    "description",
                    "variables",
                    "servers",
                    "cors",
                    "authorizer",
                    "authorizers",
                    "auth",
                    "timeouts",
                    "limits",
                    "trusted_proxy",
                    "gateway",
                    "telemetry",
                    "paths")
            .later("services", "serviceBindings", "servicesBindings");

    static final Keys GATEWAY = Keys.of("jurisdictions");
    static final Keys TELEMETRY = Keys.of("server_timing").later("access_log", "metrics", "traces");

    private final References references;
    private final Findings findings;

    DocumentReader(References references, Findings findings) {
        this.references = references;
        this.findings = findings;
    }

    /** The document, with defaults where it has errors. */
    GatewayConfig read(Node root) {
        ObjectReader document = ObjectReader.of(root, KEYS, findings);
        document.require("paths");
        document.text("$schema");
        document.text("title");
        document.text("description");
        Defaults defaults = Defaults.of(document, findings);
        List<AuthorizerReader.Draft> authorizers = new AuthorizerReader(findings).read(document);
        List<ServerReader.Draft> servers = new ArrayList<>();
        ServerReader serverReader = new ServerReader(defaults.timeouts(), findings);
        for (Node item : document.items("servers")) {
            servers.add(serverReader.read(item));
        }
        List<PathReader.Draft> paths = new ArrayList<>();
        PathReader pathReader = new PathReader(
                defaults, servers(servers), PathReader.variables(document, findings), references, findings);
        for (Node item : document.items("paths")) {
            paths.add(pathReader.read(paths.size(), item));
        }
        if (document.isComplete()) {
            new ServerRules(findings).check(servers, paths);
            new AuthRules(findings).check(authorizers, demands(defaults, paths), steps(paths));
        }
        new RouteRules(findings).check(paths);
        return new GatewayConfig(
                servers.stream().map(ServerReader.Draft::config).toList(),
                authorizers.stream().map(AuthorizerReader.Draft::config).toList(),
                general(document, defaults),
                paths.stream().map(PathReader.Draft::config).toList());
    }

    private General general(ObjectReader document, Defaults defaults) {
        ObjectReader telemetry = document.object("telemetry", TELEMETRY);
        ObjectReader gateway = document.object("gateway", GATEWAY);
        Map<String, String> jurisdictions = new LinkedHashMap<>();
        for (Member region : gateway == null ? List.<Member>of() : gateway.entries("jurisdictions")) {
            Text text = document.jurisdiction(region.value());
            if (text != null) {
                jurisdictions.put(region.key(), text.value());
            }
        }
        return new General(
                defaults.cors(),
                new TrustedProxyReader(findings).read(document),
                jurisdictions,
                telemetry != null && telemetry.flag("server_timing", false));
    }

    private static List<LoginStepReader.Draft> steps(List<PathReader.Draft> paths) {
        List<LoginStepReader.Draft> steps = new ArrayList<>();
        for (PathReader.Draft path : paths) {
            if (path.login() != null) {
                steps.add(path.login());
            }
        }
        return steps;
    }

    private static List<AuthReader.Draft> demands(Defaults defaults, List<PathReader.Draft> paths) {
        Set<AuthReader.Draft> demands = new LinkedHashSet<>();
        demands.add(defaults.auth());
        paths.forEach(path -> demands.add(path.auth()));
        return List.copyOf(demands);
    }

    private static Map<String, ServerConfig> servers(List<ServerReader.Draft> drafts) {
        Map<String, ServerConfig> servers = new HashMap<>();
        for (ServerReader.Draft draft : drafts) {
            servers.put(draft.config().alias(), draft.config());
        }
        return servers;
    }
}
