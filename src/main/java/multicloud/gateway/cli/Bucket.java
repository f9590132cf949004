package multicloud.gateway.cli;

import java.time.Duration;
import java.time.InstantSource;
import multicloud.gateway.aws.AwsClient;
import multicloud.gateway.aws.AwsCredentials;
import multicloud.gateway.aws.AwsEnvironment;
import multicloud.gateway.aws.S3Location;
import multicloud.gateway.aws.S3Objects;
import multicloud.gateway.aws.S3Result;
import multicloud.gateway.aws.S3Result.Entry;
import multicloud.gateway.aws.S3Result.Failed;
import multicloud.gateway.aws.S3Result.Forbidden;
import multicloud.gateway.aws.S3Result.Missing;
import multicloud.gateway.aws.S3Result.Refusal;
import multicloud.gateway.aws.TransportHttpClient;
import multicloud.gateway.config.ConfigReader;
import multicloud.gateway.http.Ticker;
import multicloud.gateway.http.Timeouts;
import multicloud.gateway.transport.SocketTransport;

/** An object in S3 that a command is about, called with the credentials of the environment. */
final class Bucket implements AutoCloseable {
    private static final Timeouts TIMEOUTS =
            new Timeouts(Duration.ofSeconds(3), Duration.ofSeconds(20), Duration.ofSeconds(30), Duration.ofMinutes(1));

    /** What S3 calls a version that is none. */
    private static final String UNVERSIONED = "null";

    private final SocketTransport transport = SocketTransport.system(null);
    private final TransportHttpClient http = new TransportHttpClient(transport, TIMEOUTS, Ticker.SYSTEM);
    private final S3Location at;
    private final S3Objects objects;

    Bucket(Console console, S3Location at) {
        AwsEnvironment environment = new AwsEnvironment(console.environment());
        InstantSource clock = InstantSource.system();
        this.at = at;
        objects = new S3Objects(new AwsClient(http, AwsCredentials.of(environment, http, clock), clock), environment);
    }

    S3Location at() {
        return at;
    }

    S3Objects objects() {
        return objects;
    }

    /** The object as it is now. */
    S3Result.Get get() {
        return objects.get(at, null, ConfigReader.MAX_BYTES);
    }

    /** A version of it; what was written while the bucket kept none is asked for as any server understands it. */
    S3Result.Get get(Entry version, Entry newest) {
        return version.equals(newest) && version.id().equals(UNVERSIONED) ? get() : get(version.id());
    }

    S3Result.Get get(String version) {
        return objects.getVersion(at, version, ConfigReader.MAX_BYTES);
    }

    /**
     * Why S3 did not do something, for a person.
     *
     * @param needed the permissions it takes
     */
    String plainly(Refusal refusal, String needed) {
        return switch (refusal) {
            case Missing(boolean bucket, String reason) ->
                bucket
                        ? "There is no bucket \"" + at.bucket() + "\" here: " + reason
                        : "There is no such object: " + reason;
            case Forbidden(String reason) -> "These credentials may not (they need " + needed + "): " + reason;
            case Failed(String reason) -> reason;
        };
    }

    @Override
    public void close() {
        http.close();
        transport.close();
    }
}
