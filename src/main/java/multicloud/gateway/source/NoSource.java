package multicloud.gateway.source;

import org.jspecify.annotations.Nullable;

/** No source at all, since the environment names none, or none that there could be. */
record NoSource(String name, String reason) implements ConfigSource {
    @Override
    public Look look(@Nullable String known) {
        return new Look.Unavailable(reason);
    }
}
