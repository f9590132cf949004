package multicloud.gateway.config;

import java.util.List;
import multicloud.gateway.http.Timeouts;
import org.jspecify.annotations.Nullable;

/**
 * An entry of {@code servers}.
 *
 * @param targets in document order, at least one; a server with {@code url} has one target named like the server
 * @param timeouts the server's own over the document's over the defaults
 * @param allowPrivateAddresses whether a name may resolve to a loopback or private address; default false
 */
public record ServerConfig(
        String alias,
        List<TargetConfig> targets,
        Timeouts timeouts,
        boolean allowPrivateAddresses,
        Resilience resilience) {
    public ServerConfig {
        targets = List.copyOf(targets);
    }

    /**
     * An entry of {@code targets}.
     *
     * @param priority a lower number is preferred; default 0
     * @param weight the share among the targets of one priority; default 1
     */
    public record TargetConfig(String name, BaseUrl url, Place place, int priority, int weight) {}

    /** Where a target says it lies; every part may be left out. */
    public record Place(
            @Nullable String cloud,
            @Nullable String region,
            @Nullable String jurisdiction) {}
}
