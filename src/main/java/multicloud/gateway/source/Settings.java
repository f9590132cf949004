package multicloud.gateway.source;

import java.nio.file.Path;
import java.util.Map;

/**
 * What the environment says of the gateway; the edges read it once and pass it on.
 *
 * @param environment the variables, for the GATEWAY_* ones, the AWS_* ones and the document's own references
 * @param home what a relative file path is relative to
 */
public record Settings(Map<String, String> environment, Path home) {
    public Settings {
        environment = Map.copyOf(environment);
    }
}
