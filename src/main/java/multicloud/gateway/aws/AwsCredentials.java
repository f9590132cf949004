package multicloud.gateway.aws;

import java.io.IOException;
import java.time.InstantSource;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/** Where the credentials come from that calls are signed with. Safe for use by many threads. */
public interface AwsCredentials {

    /**
     * The credentials of now; may wait for a call that fetches them.
     *
     * @throws IOException when there are none; the message says why, and what to set
     */
    AwsCredentialsIdentity resolve() throws IOException;

    /** Lets go of what was fetched, so that it does not live in a snapshot. */
    default void forget() {}

    /**
     * The credentials the environment names: {@code AWS_ACCESS_KEY_ID}, {@code AWS_SECRET_ACCESS_KEY} and
     * {@code AWS_SESSION_TOKEN}, else those of the container (Lambda with SnapStart, ECS, EKS).
     */
    static AwsCredentials of(AwsEnvironment environment, SdkHttpClient http, InstantSource clock) {
        String id = environment.variable("AWS_ACCESS_KEY_ID");
        String secret = environment.variable("AWS_SECRET_ACCESS_KEY");
        if (id != null && secret != null) {
            String token = environment.variable("AWS_SESSION_TOKEN");
            AwsCredentialsIdentity fixed = token == null
                    ? AwsCredentialsIdentity.create(id, secret)
                    : AwsSessionCredentialsIdentity.create(id, secret, token);
            return () -> fixed;
        }
        if (environment.variable("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI") != null
                || environment.variable("AWS_CONTAINER_CREDENTIALS_FULL_URI") != null) {
            return new ContainerCredentials(environment, http, clock);
        }
        return () -> {
            throw new IOException("no AWS credentials: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"
                    + " (of a profile: eval \"$(aws configure export-credentials --format env)\")");
        };
    }
}
