package multicloud.gateway.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import multicloud.gateway.transport.SocketTransport;
import multicloud.gateway.transport.Transport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigSourcesTest {
    private final Transport transport = SocketTransport.system(null);

    @AfterEach
    void close() {
        transport.close();
    }

    private ConfigSource choose(String uri) {
        Settings settings = Settings.of(Map.of("GATEWAY_CONFIG_JSON", "{}"), Path.of("/home/me"));
        return ConfigSources.choose(settings.withConfig(uri), transport, InstantSource.system());
    }

    @ParameterizedTest
    @CsvSource({
        "gateway.json, /home/me/gateway.json",
        "sub/a b.json, /home/me/sub/a b.json",
        "/etc/gateway.json, /etc/gateway.json",
        "file:///etc/a%20b.json, /etc/a b.json",
        "file:/etc/gateway.json, /etc/gateway.json",
        "file:gateway.json, /home/me/gateway.json",
        "C:config, /home/me/C:config"
    })
    void aFileIsRelativeToHome(String uri, String file) {
        assertThat(choose(uri)).isInstanceOf(FileSource.class);
        assertThat(choose(uri).name()).isEqualTo(file);
    }

    @Test
    void anObjectIsNamedByItsBucketAndKey() {
        assertThat(choose("s3://bucket/some key+1.json")).isInstanceOf(S3Source.class);
        assertThat(choose("s3://bucket/some key+1.json").name()).isEqualTo("s3://bucket/some key+1.json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"s3://bucket", "https://example.com/gateway.json", "file://host/x", "S3://b c/k", "file:///%zz"})
    void whatIsNeitherIsSaidAtEachLook(String uri) {
        assertThat(choose(uri).look(null))
                .isInstanceOfSatisfying(
                        ConfigSource.Look.Unavailable.class,
                        look -> assertThat(look.reason()).startsWith("GATEWAY_CONFIG_URI: "));
    }
}
