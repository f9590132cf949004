package multicloud.gateway.aws;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import multicloud.gateway.http.Ticker;
import multicloud.gateway.http.Timeouts;
import multicloud.gateway.transport.Transport;

/** Clients for tests, put together as the gateway does it. */
final class Calls {
    static final Timeouts PATIENT = new Timeouts(
            Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(20));

    private Calls() {}

    static TransportHttpClient http(Transport transport) {
        return new TransportHttpClient(transport, PATIENT, Ticker.SYSTEM);
    }

    static S3Objects s3(Transport transport, Map<String, String> variables) {
        return s3(http(transport), variables);
    }

    static S3Objects s3(TransportHttpClient http, Map<String, String> variables) {
        AwsEnvironment environment = new AwsEnvironment(variables);
        InstantSource clock = InstantSource.system();
        return new S3Objects(new AwsClient(http, AwsCredentials.of(environment, http, clock), clock), environment);
    }
}
