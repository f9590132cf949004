package multicloud.gateway.source;

import java.time.Duration;
import java.time.InstantSource;
import multicloud.gateway.aws.AwsClient;
import multicloud.gateway.aws.AwsCredentials;
import multicloud.gateway.aws.AwsEnvironment;
import multicloud.gateway.aws.S3Location;
import multicloud.gateway.aws.S3Objects;
import multicloud.gateway.aws.S3Result;
import multicloud.gateway.aws.TransportHttpClient;
import multicloud.gateway.config.ConfigReader;
import multicloud.gateway.http.Ticker;
import multicloud.gateway.http.Timeouts;
import multicloud.gateway.transport.Transport;
import org.jspecify.annotations.Nullable;

/** An object in S3: one signed GET a look, conditional once an ETag is known. */
final class S3Source implements ConfigSource {
    /** Longer than an upstream gets for its connection: the first handshake of a small function's life is slow. */
    private static final Timeouts TIMEOUTS =
            new Timeouts(Duration.ofSeconds(3), Duration.ofSeconds(4), Duration.ofSeconds(4), Duration.ofSeconds(8));

    private final S3Location location;
    private final AwsCredentials credentials;
    private final S3Objects objects;

    S3Source(S3Location location, AwsEnvironment environment, Transport transport, InstantSource clock) {
        this.location = location;
        TransportHttpClient http = new TransportHttpClient(transport, TIMEOUTS, Ticker.SYSTEM);
        credentials = AwsCredentials.of(environment, http, clock);
        objects = new S3Objects(new AwsClient(http, credentials, clock), environment);
    }

    @Override
    public String name() {
        return location.toString();
    }

    @Override
    public Look look(@Nullable String known) {
        return switch (objects.get(location, known, ConfigReader.MAX_BYTES)) {
            case S3Result.Found(byte[] bytes, S3Location.Version version, var by) ->
                new Look.Document(bytes, version.etag());
            case S3Result.NotModified() -> new Look.Unchanged();
            case S3Result.TooLarge(long limit, S3Location.Version version) -> new Look.TooLarge(version.etag());
            case S3Result.Missing(boolean bucket, String reason) ->
                new Look.Unavailable(
                        (bucket ? "there is no such bucket (" : "there is no such object (") + reason + ")");
            case S3Result.Forbidden(String reason) ->
                new Look.Unavailable(
                        "the object may not be read: allow s3:GetObject on it, and s3:ListBucket on the bucket,"
                                + " without which a missing object looks the same (" + reason + ")");
            case S3Result.Failed(String reason) -> new Look.Unavailable(reason);
        };
    }

    @Override
    public void forget() {
        credentials.forget();
    }
}
