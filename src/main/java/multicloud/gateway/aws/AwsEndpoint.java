package multicloud.gateway.aws;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where a service is called.
 *
 * @param secure whether TLS is spoken
 * @param host a name, or an address as text (IPv6 without brackets), in lower case
 * @param path the prefix of every path; empty, or beginning with a slash and not ending with one
 * @param configured whether the operator named it, rather than the region
 */
public record AwsEndpoint(boolean secure, String host, int port, String path, boolean configured) {
    private static final int LARGEST_PORT = 65_535;

    /** The public endpoint of a service in a region. */
    public static AwsEndpoint of(String service, String region) {
        return new AwsEndpoint(true, service + "." + region + "." + dnsSuffix(region), 443, "", false);
    }

    /**
     * An endpoint as the AWS_ENDPOINT_URL variables have it.
     *
     * @throws IllegalArgumentException when it is no URL of http or https with a host and nothing after its path; the message
     *     says so, for a person
     */
    public static AwsEndpoint parse(String url) {
        URI uri;
        try {
            uri = new URI(url.strip());
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("\"" + url + "\" is no URL", e);
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        boolean secure = scheme.equals("https");
        String host = uri.getHost();
        if (host == null || !secure && !scheme.equals("http")) {
            throw new IllegalArgumentException("\"" + url + "\" is no URL like http://localhost:4566");
        }
        if (uri.getRawQuery() != null || uri.getRawFragment() != null || uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException("an endpoint takes no query, fragment or user: \"" + url + "\"");
        }
        int port = uri.getPort() < 0 ? (secure ? 443 : 80) : uri.getPort();
        if (port == 0 || port > LARGEST_PORT) {
            throw new IllegalArgumentException("\"" + url + "\" has no valid port");
        }
        return new AwsEndpoint(secure, bare(host), port, prefix(uri.getRawPath()), true);
    }

    /** Whether names below the host's can lead nowhere: it is an address, {@code localhost}, or a single label. */
    boolean hasNoSubdomains() {
        boolean address = host.indexOf(':') >= 0 || isDotted(host);
        return address || host.indexOf('.') < 0;
    }

    /** The same endpoint with a label before its host's name. */
    AwsEndpoint below(String label) {
        return new AwsEndpoint(secure, label + "." + host, port, path, configured);
    }

    /** The host as it stands in a URL. */
    String urlHost() {
        return host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    }

    private static String bare(String host) {
        String name = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        return name.toLowerCase(Locale.ROOT);
    }

    private static String prefix(@Nullable String path) {
        String prefix = path == null ? "" : path;
        while (prefix.endsWith("/")) {
            prefix = prefix.substring(0, prefix.length() - 1);
        }
        return prefix;
    }

    /** Whether the last label is a number: then it can only be an IPv4 address (URL Standard, section 3.5). */
    private static boolean isDotted(String host) {
        String last = host.substring(host.lastIndexOf('.') + 1);
        return !last.isEmpty() && last.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** The DNS suffix of the region's partition (the SDK's partitions.json). */
    private static String dnsSuffix(String region) {
        if (region.startsWith("cn-")) {
            return "amazonaws.com.cn";
        } else if (region.startsWith("eusc-")) {
            return "amazonaws.eu";
        } else if (region.startsWith("us-iso-")) {
            return "c2s.ic.gov";
        } else if (region.startsWith("us-isob-")) {
            return "sc2s.sgov.gov";
        } else if (region.startsWith("us-isof-")) {
            return "csp.hci.ic.gov";
        } else if (region.startsWith("eu-isoe-")) {
            return "cloud.adc-e.uk";
        }
        return "amazonaws.com";
    }
}
