package multicloud.gateway.config;

import java.util.List;
import java.util.Map;

/**
 * A whole document, validated: every alias resolves, every default is filled in.
 *
 * @param variables the values of {@code $config.NAME} for all paths
 * @param paths in document order
 */
public record GatewayConfig(List<ServerConfig> servers, Map<String, String> variables, List<PathConfig> paths) {
    public GatewayConfig {
        servers = List.copyOf(servers);
        variables = Map.copyOf(variables);
        paths = List.copyOf(paths);
    }

    /** How much there is: values may be secrets. */
    @Override
    public String toString() {
        return "GatewayConfig[" + servers.size() + " servers, " + paths.size() + " paths]";
    }
}
