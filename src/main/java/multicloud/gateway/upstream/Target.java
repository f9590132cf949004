package multicloud.gateway.upstream;

import multicloud.gateway.config.BaseUrl;
import multicloud.gateway.transport.Origin;
import org.jspecify.annotations.Nullable;

/**
 * One address a server's requests may go to.
 *
 * @param name for the log
 * @param address where requests go
 * @param place where it says it lies
 * @param turn how often it is its turn
 * @param state what is known of it
 */
public record Target(String name, Address address, Place place, Turn turn, TargetState state) {
    /**
     * Where requests go.
     *
     * @param basePath what stands before every request's path, without a trailing slash; empty or beginning with one
     */
    public record Address(Origin origin, String basePath) {
        /** As a URL, without a trailing slash. */
        public String url() {
            return new BaseUrl(origin.secure(), origin.host(), origin.port(), basePath, false).toString();
        }
    }

    /** Where a target lies, as the document has it. */
    public record Place(
            @Nullable String cloud,
            @Nullable String region,
            @Nullable String jurisdiction) {}

    /**
     * How often it is a target's turn.
     *
     * @param priority a lower number goes first
     * @param weight its share among those of one priority
     */
    public record Turn(int priority, int weight) {}

    int weight() {
        return turn.weight();
    }
}
