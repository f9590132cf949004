package multicloud.gateway.source;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.regex.Pattern;
import multicloud.gateway.aws.AwsEnvironment;
import multicloud.gateway.aws.S3Location;
import multicloud.gateway.transport.Transport;

/** Chooses the source: the document in the environment, else the object or file the environment names. */
final class ConfigSources {
    /** Two letters or more, since one is a drive. */
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*");

    private ConfigSources() {}

    /** Never fails: an environment that names no possible source makes one that says so at each look. */
    static ConfigSource choose(Settings settings, Transport transport, InstantSource clock) {
        String json = settings.variable(Settings.JSON);
        if (json != null) {
            return new Inline(json);
        }
        String uri = settings.variable(Settings.URI);
        if (uri == null) {
            return new NoSource(
                    "none",
                    "no document: set " + Settings.URI + " to s3://BUCKET/KEY or a file, or " + Settings.JSON
                            + " to the document itself");
        }
        try {
            return S3Location.looksLike(uri)
                    ? new S3Source(S3Location.parse(uri), new AwsEnvironment(settings.environment()), transport, clock)
                    : new FileSource(file(uri, settings.home()), clock);
        } catch (IllegalArgumentException e) {
            return new NoSource(uri, Settings.URI + ": " + e.getMessage());
        }
    }

    private static Path file(String uri, Path home) {
        boolean named = uri.regionMatches(true, 0, "file:", 0, 5);
        if (!named && SCHEME.matcher(uri).matches()) {
            throw new IllegalArgumentException("\"" + uri + "\" is neither s3://BUCKET/KEY nor a file");
        }
        try {
            if (!named) {
                return home.resolve(uri);
            }
            return uri.startsWith("/", 5) ? Path.of(java.net.URI.create(uri)) : home.resolve(uri.substring(5));
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("\"" + uri + "\" is no path", e);
        }
    }
}
