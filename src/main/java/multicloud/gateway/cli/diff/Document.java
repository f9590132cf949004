package multicloud.gateway.cli.diff;

import multicloud.gateway.Gateway;
import multicloud.gateway.config.GatewayConfig;
import multicloud.gateway.config.PathConfig;
import multicloud.gateway.route.Route;
import org.jspecify.annotations.Nullable;

/** A document and the gateway it makes, which is only asked about. */
record Document(GatewayConfig config, Gateway gateway) {
    static Document of(GatewayConfig config) {
        return new Document(config, Gateway.forExplaining(config));
    }

    /** The path that takes a request made for a path of this or another document; null where none does. */
    @Nullable
    PathConfig taker(PathConfig of, String method) {
        Route route = gateway.explain(Sample.of(of, method)).decision().route();
        return route == null ? null : config.paths().get(route.index());
    }
}
