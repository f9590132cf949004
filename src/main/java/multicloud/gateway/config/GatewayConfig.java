package multicloud.gateway.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import multicloud.gateway.http.Grammar;
import org.jspecify.annotations.Nullable;

/**
 * A whole document, validated: every alias resolves, every default is filled in.
 *
 * @param general what is no path's
 * @param paths in document order
 */
public record GatewayConfig(
        List<ServerConfig> servers, List<AuthorizerConfig> authorizers, General general, List<PathConfig> paths) {
    public GatewayConfig {
        servers = List.copyOf(servers);
        authorizers = List.copyOf(authorizers);
        paths = List.copyOf(paths);
    }

    /**
     * What holds for the whole document.
     *
     * @param cors of the answers that are no path's; null where the gateway has no say in it
     * @param trustedProxy null where nobody's word on who asks is taken
     * @param jurisdictions where the gateway's own regions lie, by their names, over the defaults
     * @param serverTiming whether answers say how long gateway and upstream took; default false
     */
    public record General(
            @Nullable CorsConfig cors,
            @Nullable TrustedProxyConfig trustedProxy,
            Map<String, String> jurisdictions,
            boolean serverTiming) {
        public static final General NONE = new General(null, null, Map.of(), false);

        public General {
            jurisdictions = Map.copyOf(jurisdictions);
        }
    }

    /**
     * The headers that the requests of a path have set and removed on their way to an upstream: what its mapping says, and the API keys
     * of the document, which go to none unless the mapping says so.
     */
    public List<MappingConfig.Entry> headersOf(PathConfig path) {
        List<MappingConfig.Entry> headers =
                new ArrayList<>(path.policies().mapping().headers());
        Set<String> mapped = new HashSet<>();
        headers.forEach(entry -> mapped.add(Grammar.spelling(entry.name())));
        for (AuthorizerConfig authorizer : authorizers) {
            if (authorizer instanceof AuthorizerConfig.ApiKey keys && mapped.add(Grammar.spelling(keys.header()))) {
                headers.add(new MappingConfig.Entry(keys.header(), null));
            }
        }
        return headers;
    }

    /**
     * The server of that alias.
     *
     * @throws java.util.NoSuchElementException when there is none; those that paths and mirrors name are there
     */
    public ServerConfig server(String alias) {
        return servers.stream()
                .filter(server -> server.alias().equals(alias))
                .findFirst()
                .orElseThrow();
    }

    /** How much there is: values may be secrets. */
    @Override
    public String toString() {
        return "GatewayConfig[" + servers.size() + " servers, " + paths.size() + " paths]";
    }
}
