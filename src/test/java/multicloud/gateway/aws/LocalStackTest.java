package multicloud.gateway.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import multicloud.gateway.aws.S3Objects.Condition;
import multicloud.gateway.aws.S3Result.Found;
import multicloud.gateway.aws.S3Result.Missing;
import multicloud.gateway.aws.S3Result.NotModified;
import multicloud.gateway.aws.S3Result.PreconditionFailed;
import multicloud.gateway.aws.S3Result.Stored;
import multicloud.gateway.http.Body;
import multicloud.gateway.testing.ContainerEngine;
import multicloud.gateway.transport.SocketTransport;
import multicloud.gateway.transport.Transport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;

/** Against LocalStack in a container, where a container engine runs and has the image; nothing is pulled for it. */
@Timeout(180)
@EnabledIf(value = "canStart", disabledReason = LocalStackTest.REASON)
class LocalStackTest {
    static final String IMAGE = "localstack/localstack:4.14.0";
    static final String REASON = "there is no container engine that has " + IMAGE + " and what Testcontainers wants";
    private static final String BUCKET = "races";
    private static final int WRITERS = 8;

    private static LocalStackContainer container;
    private static Transport transport;
    private static S3Objects objects;

    @BeforeAll
    static void start() throws Exception {
        container = new LocalStackContainer(DockerImageName.parse(IMAGE)).withServices("s3");
        container.start();
        transport = SocketTransport.system(null);
        Map<String, String> variables = Map.of(
                "AWS_REGION", container.getRegion(),
                "AWS_ACCESS_KEY_ID", container.getAccessKey(),
                "AWS_SECRET_ACCESS_KEY", container.getSecretKey(),
                "AWS_ENDPOINT_URL", container.getEndpoint().toString());
        objects = Calls.s3(transport, variables);
        createBucket(new AwsEnvironment(variables));
    }

    @AfterAll
    static void stop() {
        if (container != null) {
            container.stop();
        }
        if (transport != null) {
            transport.close();
        }
    }

    static boolean canStart() {
        return ContainerEngine.canStart(IMAGE);
    }

    private static void createBucket(AwsEnvironment environment) throws IOException {
        TransportHttpClient http = Calls.http(transport);
        AwsEndpoint endpoint = environment.endpoint("s3", container.getRegion());
        SdkHttpRequest request = SdkHttpRequest.builder()
                .method(SdkHttpMethod.PUT)
                .protocol("http")
                .host(endpoint.host())
                .port(endpoint.port())
                .encodedPath("/" + BUCKET)
                .build();
        AwsCredentials credentials = AwsCredentials.of(environment, http, InstantSource.system());
        HttpExecuteResponse response = new AwsClient(http, credentials, InstantSource.system())
                .send(new SignedCall("s3", container.getRegion(), request, Body.absent()));
        assertThat(response.httpResponse().statusCode()).isEqualTo(200);
    }

    private static S3Location at(String key) {
        return new S3Location(BUCKET, key);
    }

    private static List<S3Result.Put> race(String key, Condition condition) throws Exception {
        List<Callable<S3Result.Put>> writers = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            byte[] mine = {(byte) i};
            writers.add(() -> objects.put(at(key), mine, condition));
        }
        List<S3Result.Put> results = new ArrayList<>();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<S3Result.Put> each : executor.invokeAll(writers)) {
                results.add(each.get());
            }
        }
        return results;
    }

    private static void exactlyOneWon(List<S3Result.Put> results) {
        assertThat(results).filteredOn(Stored.class::isInstance).hasSize(1);
        assertThat(results).filteredOn(new PreconditionFailed()::equals).hasSize(WRITERS - 1);
    }

    @Test
    void anObjectIsReadWrittenAndReadConditionally() {
        assertThat(objects.get(at("a b+c/é.json"), null, 1000)).isInstanceOf(Missing.class);
        String etag = ((Stored) objects.put(at("a b+c/é.json"), "{}".getBytes(UTF_8), new Condition.Always()))
                .version()
                .etag();
        assertThat(objects.get(at("a b+c/é.json"), etag, 1000)).isEqualTo(new NotModified());
        assertThat(((Found) objects.get(at("a b+c/é.json"), "\"another\"", 1000)).bytes())
                .containsExactly('{', '}');
    }

    @Test
    void ofManyWhoCreateAnObjectExactlyOneWins() throws Exception {
        exactlyOneWon(race("created", new Condition.Absent()));
    }

    @Test
    void ofManyWhoReplaceAnObjectExactlyOneWins() throws Exception {
        String etag = ((Stored) objects.put(at("replaced"), "first".getBytes(UTF_8), new Condition.Always()))
                .version()
                .etag();
        exactlyOneWon(race("replaced", new Condition.Matches(etag)));
    }
}
