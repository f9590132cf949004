package multicloud.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The schema as the build leaves it for editors. */
class PublishedSchemaIT {
    @Test
    void isTheSourceByteForByte() throws IOException {
        assertThat(Files.readAllBytes(Path.of("target", "gateway-config.schema.json")))
                .isEqualTo(Files.readAllBytes(Path.of("src/main/resources/gateway-config.schema.json")));
    }
}
