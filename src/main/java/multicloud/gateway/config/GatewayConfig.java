package multicloud.gateway.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A whole document, validated: every alias resolves, every default is filled in.
 *
 * @param cors of the answers that are no path's; null where the gateway has no say in it
 * @param paths in document order
 */
public record GatewayConfig(
        List<ServerConfig> servers,
        List<AuthorizerConfig> authorizers,
        @Nullable CorsConfig cors,
        List<PathConfig> paths) {
    public GatewayConfig {
        servers = List.copyOf(servers);
        authorizers = List.copyOf(authorizers);
        paths = List.copyOf(paths);
    }

    /** How much there is: values may be secrets. */
    @Override
    public String toString() {
        return "GatewayConfig[" + servers.size() + " servers, " + paths.size() + " paths]";
    }
}
