package multicloud.gateway.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;

/** The document that stands in the environment itself, and never changes. */
record Inline(String json) implements ConfigSource {
    @Override
    public String name() {
        return Settings.JSON;
    }

    @Override
    public Look look(@Nullable String known) {
        return new Look.Document(json.getBytes(UTF_8), null);
    }

    @Override
    public Freshness freshness(Freshness configured) {
        return Freshness.ALWAYS;
    }
}
