package multicloud.gateway.source;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the environment says of the gateway; the edges read it once and pass it on.
 *
 * @param environment the variables, for the GATEWAY_* ones, the AWS_* ones and the document's own references
 * @param home what a relative file path is relative to
 */
public record Settings(Map<String, String> environment, Path home) {
    /** The variable that holds the document itself. */
    static final String JSON = "GATEWAY_CONFIG_JSON";

    /** The variable that says where the document is: {@code s3://BUCKET/KEY} or a file. */
    static final String URI = "GATEWAY_CONFIG_URI";

    /** After how many seconds a document is looked at anew, unless {@code GATEWAY_CONFIG_REFRESH} says otherwise. */
    public static final int DEFAULT_REFRESH = 30;

    /** After how many seconds a request waits for that look, unless {@code GATEWAY_CONFIG_MAX_STALE} says otherwise. */
    public static final int DEFAULT_MAX_STALE = 300;

    public Settings {
        environment = Map.copyOf(environment);
    }

    /** The settings of an environment. */
    public static Settings of(Map<String, String> environment, Path home) {
        return new Settings(environment, home);
    }

    /** The same settings, the document taken from there whatever the environment says: {@code s3://BUCKET/KEY} or a file. */
    public Settings withConfig(String fileOrS3) {
        Map<String, String> changed = new HashMap<>(environment);
        changed.remove(JSON);
        changed.put(URI, fileOrS3);
        return new Settings(changed, home);
    }

    /** The value of a variable; null when it is not set, or blank. */
    @Nullable
    String variable(String name) {
        String value = environment.get(name);
        return value == null || value.isBlank() ? null : value.strip();
    }
}
