package multicloud.gateway.aws;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the AWS_* variables say, read as every AWS tool reads them. Configuration files and profiles are not looked at. Immutable
 * and safe for use by many threads. See the AWS SDKs and Tools Reference Guide, "Environment variables".
 */
public final class AwsEnvironment {
    private static final Pattern REGION = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

    private final Map<String, String> variables;

    public AwsEnvironment(Map<String, String> variables) {
        this.variables = Map.copyOf(variables);
    }

    /**
     * The region: {@code AWS_REGION}, then {@code AWS_DEFAULT_REGION}; null when neither is set.
     *
     * @throws IllegalArgumentException when it is no region's name; the message says so, for a person
     */
    public @Nullable String region() {
        String region = variable("AWS_REGION");
        if (region == null) {
            region = variable("AWS_DEFAULT_REGION");
        }
        if (region != null && !isRegion(region)) {
            throw new IllegalArgumentException("\"" + region + "\" is no AWS region; set AWS_REGION");
        }
        return region;
    }

    /** Whether the text can be a region's name, and so be part of a host's. */
    static boolean isRegion(String text) {
        return text.length() <= 32 && REGION.matcher(text).matches();
    }

    /**
     * Where to call a service: {@code AWS_ENDPOINT_URL_SERVICE}, then {@code AWS_ENDPOINT_URL}, then the region's own endpoint.
     * {@code AWS_IGNORE_CONFIGURED_ENDPOINT_URLS=true} leaves both variables out.
     *
     * @param service the service's identifier in lower case, like {@code s3}
     * @throws IllegalArgumentException when the variable holds no endpoint; the message names it, for a person
     */
    public AwsEndpoint endpoint(String service, String region) {
        if (!"true".equalsIgnoreCase(variable("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"))) {
            String own = "AWS_ENDPOINT_URL_" + service.toUpperCase(Locale.ROOT);
            for (String name : new String[] {own, "AWS_ENDPOINT_URL"}) {
                String url = variable(name);
                if (url != null) {
                    return parse(name, url);
                }
            }
        }
        return AwsEndpoint.of(service, region);
    }

    private static AwsEndpoint parse(String name, String url) {
        try {
            return AwsEndpoint.parse(url);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
        }
    }

    /** The value of a variable; null when it is not set, or blank. */
    @Nullable
    String variable(String name) {
        String value = variables.get(name);
        return value == null || value.isBlank() ? null : value.strip();
    }
}
