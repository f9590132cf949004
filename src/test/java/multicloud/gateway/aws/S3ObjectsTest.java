package multicloud.gateway.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import multicloud.gateway.aws.S3Objects.Condition;
import multicloud.gateway.aws.S3Result.Forbidden;
import multicloud.gateway.aws.S3Result.Found;
import multicloud.gateway.aws.S3Result.Missing;
import multicloud.gateway.aws.S3Result.NotModified;
import multicloud.gateway.aws.S3Result.PreconditionFailed;
import multicloud.gateway.aws.S3Result.Present;
import multicloud.gateway.aws.S3Result.Stored;
import multicloud.gateway.aws.S3Result.TooLarge;
import multicloud.gateway.testing.S3Server;
import multicloud.gateway.transport.SocketTransport;
import multicloud.gateway.transport.Transport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a server that verifies every signature. */
@Timeout(60)
class S3ObjectsTest {
    private static final int LIMIT = 1000;

    private static S3Server server;
    private static Transport transport;
    private static S3Objects objects;

    @BeforeAll
    static void start() throws Exception {
        server = S3Server.start();
        transport = SocketTransport.system(null);
        objects = Calls.s3(transport, server.environment());
    }

    @AfterAll
    static void stop() throws Exception {
        transport.close();
        server.close();
    }

    private static S3Location at(String key) {
        return new S3Location(S3Server.BUCKET, key);
    }

    @Test
    void anObjectIsReadWithItsETag() {
        server.put("plain.json", "{}");
        assertThat(objects.get(at("plain.json"), null, LIMIT)).isInstanceOfSatisfying(Found.class, found -> {
            assertThat(found.bytes()).isEqualTo("{}".getBytes(UTF_8));
            assertThat(found.version().etag()).startsWith("\"").endsWith("\"");
        });
    }

    @Test
    void anObjectTheCallerHasIsNotSentAgain() {
        server.put("known.json", "1");
        String etag =
                ((Found) objects.get(at("known.json"), null, LIMIT)).version().etag();
        assertThat(objects.get(at("known.json"), etag, LIMIT)).isEqualTo(new NotModified());
        server.put("known.json", "2");
        assertThat(objects.get(at("known.json"), etag, LIMIT)).isInstanceOf(Found.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a b.json",
                "a+b.json",
                "deep/er/path.json",
                "ünïcode/€/日本.json",
                "tilde~and-dash_.json",
                "100%.json",
                "already%20encoded.json",
                "quotes'\"()!*.json",
                "a&b=c;d,e:f@g$h.json",
                "question?mark#hash.json",
                "[brackets]{braces}|pipe^.json"
            })
    void everyKeyIsEncodedOnce(String key) {
        assertThat(objects.put(at(key), key.getBytes(UTF_8), new Condition.Always()))
                .isInstanceOf(Stored.class);
        assertThat(objects.get(at(key), null, LIMIT))
                .isInstanceOfSatisfying(
                        Found.class,
                        found -> assertThat(new String(found.bytes(), UTF_8)).isEqualTo(key));
        server.put(key, "put by another client");
        assertThat(objects.get(at(key), null, LIMIT))
                .isInstanceOfSatisfying(
                        Found.class,
                        found -> assertThat(new String(found.bytes(), UTF_8)).isEqualTo("put by another client"));
    }

    @Test
    void aMissingObjectAndAMissingBucketAreToldApart() {
        assertThat(objects.get(at("nowhere.json"), null, LIMIT)).isInstanceOfSatisfying(Missing.class, missing -> {
            assertThat(missing.bucket()).isFalse();
            assertThat(missing.reason()).startsWith("S3 answered 404 NoSuchKey: ");
        });
        assertThat(objects.get(new S3Location("no-such-bucket", "k"), null, LIMIT))
                .isInstanceOfSatisfying(
                        Missing.class, missing -> assertThat(missing.bucket()).isTrue());
    }

    @Test
    void aWrongSecretIsForbidden() {
        server.put("guarded.json", "{}");
        Map<String, String> wrong = new HashMap<>(server.environment());
        wrong.put("AWS_SECRET_ACCESS_KEY", "wrong");
        S3Objects stranger = Calls.s3(transport, wrong);
        assertThat(stranger.get(at("guarded.json"), null, LIMIT))
                .isInstanceOfSatisfying(
                        Forbidden.class,
                        forbidden ->
                                assertThat(forbidden.reason()).startsWith("S3 answered 403 SignatureDoesNotMatch"));
        assertThat(stranger.put(at("guarded.json"), new byte[1], new Condition.Always()))
                .isInstanceOf(Forbidden.class);
    }

    @Test
    void anObjectOverTheLimitIsNotRead() {
        server.put("large.json", "x".repeat(LIMIT + 1));
        assertThat(objects.get(at("large.json"), null, LIMIT)).isInstanceOf(TooLarge.class);
        server.put("large.json", "x".repeat(LIMIT));
        assertThat(objects.get(at("large.json"), null, LIMIT)).isInstanceOf(Found.class);
    }

    @Test
    void anObjectIsCreatedOnlyOnce() {
        assertThat(objects.put(at("once.json"), new byte[] {1}, new Condition.Absent()))
                .isInstanceOf(Stored.class);
        assertThat(objects.put(at("once.json"), new byte[] {2}, new Condition.Absent()))
                .isEqualTo(new PreconditionFailed());
        assertThat(((Found) objects.get(at("once.json"), null, LIMIT)).bytes()).containsExactly(1);
    }

    @Test
    void anObjectIsReplacedOnlyIfItIsTheOneThatWasRead() {
        String first = ((Stored) objects.put(at("cas.json"), new byte[] {1}, new Condition.Always()))
                .version()
                .etag();
        assertThat(objects.put(at("cas.json"), new byte[] {2}, new Condition.Matches(first)))
                .isInstanceOf(Stored.class);
        assertThat(objects.put(at("cas.json"), new byte[] {3}, new Condition.Matches(first)))
                .isEqualTo(new PreconditionFailed());
    }

    @Test
    void headSaysWhetherAnObjectIsThere() {
        server.put("head.json", "four");
        assertThat(objects.head(at("head.json"))).isInstanceOfSatisfying(Present.class, present -> {
            assertThat(present.length()).isEqualTo(4);
            assertThat(present.version().etag()).isNotNull();
        });
        assertThat(objects.head(at("not-there.json"))).isInstanceOf(Missing.class);
    }

    @Test
    void anEmptyObjectIsAnObject() {
        assertThat(objects.put(at("empty"), new byte[0], new Condition.Always()))
                .isInstanceOf(Stored.class);
        assertThat(((Found) objects.get(at("empty"), null, LIMIT)).bytes()).isEmpty();
    }
}
