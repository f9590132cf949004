package multicloud.gateway.cli;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import multicloud.gateway.aws.S3Location;
import multicloud.gateway.source.Settings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The option that names the document, which wins over the environment. */
final class ConfigOption {
    private static final String DOCUMENT = "GATEWAY_CONFIG_JSON";
    private static final String URI = "GATEWAY_CONFIG_URI";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--config",
            paramLabel = "FILE|s3://BUCKET/KEY",
            description = "The config. Default: what " + DOCUMENT + " holds, or " + URI + " names.")
    private @Nullable String config;

    /**
     * The settings of the environment with this document; a relative path is relative to the caller's folder.
     *
     * @throws ParameterException when nothing names a document
     */
    Settings settings(Console console) {
        Map<String, String> environment = new HashMap<>(console.environment());
        if (config != null) {
            check(config);
            environment.remove(DOCUMENT);
            environment.put(URI, config);
        } else if (name(console).isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "No config: give one with --config, or set " + URI + " or " + DOCUMENT + ".");
        }
        return new Settings(environment, Path.of("").toAbsolutePath());
    }

    private void check(String place) {
        if (place.contains("://") && !place.startsWith("file://")) {
            try {
                S3Location.parse(place);
            } catch (IllegalArgumentException e) {
                throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
            }
        }
    }

    /** What the document is called in messages. */
    String name(Console console) {
        if (config != null) {
            return config;
        }
        return console.environment().containsKey(DOCUMENT)
                ? DOCUMENT
                : console.environment().getOrDefault(URI, "");
    }
}
