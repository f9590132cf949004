package multicloud.gateway.aws;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import multicloud.gateway.aws.S3Result.Failed;
import multicloud.gateway.aws.S3Result.Forbidden;
import multicloud.gateway.aws.S3Result.Found;
import multicloud.gateway.aws.S3Result.Missing;
import multicloud.gateway.aws.S3Result.NotModified;
import multicloud.gateway.aws.S3Result.PreconditionFailed;
import multicloud.gateway.aws.S3Result.Present;
import multicloud.gateway.aws.S3Result.Refusal;
import multicloud.gateway.aws.S3Result.Stored;
import multicloud.gateway.aws.S3Result.TooLarge;
import multicloud.gateway.http.Body;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * Reads and writes single objects of S3, one signed call each (Amazon S3 API Reference: GetObject, PutObject, HeadObject).
 *
 * <p>A bucket that turns out to lie in another region is asked there once more, and from then on. Never throws for what a network
 * or the service does. Safe for use by many threads.
 */
public final class S3Objects {
    /** Where S3 answers a caller who knows no region, with the bucket's own. */
    private static final String ANY_REGION = "us-east-1";

    /** Another conditional writer was at the same object in the same moment. */
    private static final String CONFLICT = "ConditionalRequestConflict";

    private final AwsClient client;
    private final AwsEnvironment environment;
    private final Map<String, String> regions = new ConcurrentHashMap<>();

    public S3Objects(AwsClient client, AwsEnvironment environment) {
        this.client = client;
        this.environment = environment;
    }

    /** When to write an object. */
    public sealed interface Condition {
        /** Only if there is no object yet ({@code If-None-Match: *}). */
        record Absent() implements Condition {}

        /** Only if the object still has that ETag ({@code If-Match}). */
        record Matches(String etag) implements Condition {}

        /** In any case. */
        record Always() implements Condition {}
    }

    /**
     * Reads an object.
     *
     * @param ifNoneMatch the ETag of what the caller has, or null
     * @param limit the most bytes wanted
     */
    public S3Result.Get get(S3Location at, @Nullable String ifNoneMatch, int limit) {
        Map<String, String> headers = ifNoneMatch == null ? Map.of() : Map.of("If-None-Match", ifNoneMatch);
        try {
            S3Answer answer = exchange(new Ask(SdkHttpMethod.GET, at, headers, Body.absent()));
            return switch (answer.status()) {
                case 200 -> read(answer, limit);
                case 304 -> {
                    answer.drain();
                    yield new NotModified();
                }
                default -> refusal(answer);
            };
        } catch (IOException | IllegalArgumentException e) {
            return failed(e);
        }
    }

    /** Says whether an object is there, and which. */
    public S3Result.Head head(S3Location at) {
        try {
            S3Answer answer = exchange(new Ask(SdkHttpMethod.HEAD, at, Map.of(), Body.absent()));
            return answer.status() == 200 ? new Present(answer.length(), answer.version()) : refusal(answer);
        } catch (IOException | IllegalArgumentException e) {
            return failed(e);
        }
    }

    /** Writes an object of JSON, if the condition holds. */
    public S3Result.Put put(S3Location at, byte[] bytes, Condition condition) {
        Map<String, String> headers = switch (condition) {
            case Condition.Absent() -> Map.of("Content-Type", "application/json", "If-None-Match", "*");
            case Condition.Matches(String etag) -> Map.of("Content-Type", "application/json", "If-Match", etag);
            case Condition.Always() -> Map.of("Content-Type", "application/json");
        };
        try {
            S3Answer answer = exchange(new Ask(SdkHttpMethod.PUT, at, headers, Body.of(bytes)));
            if (answer.status() == 200) {
                answer.drain();
                return new Stored(answer.version());
            }
            boolean lost = answer.status() == 412
                    || answer.status() == 409 && CONFLICT.equals(answer.error().code());
            return lost ? new PreconditionFailed() : refusal(answer);
        } catch (IOException | IllegalArgumentException e) {
            return failed(e);
        }
    }

    /** A request, wherever the bucket is. */
    private record Ask(SdkHttpMethod method, S3Location at, Map<String, String> headers, Body content) {}

    private S3Answer exchange(Ask ask) throws IOException {
        String bucket = ask.at().bucket();
        String configured = environment.region();
        String region = regions.getOrDefault(bucket, configured == null ? ANY_REGION : configured);
        S3Answer answer = send(ask, region);
        String other = answer.bucketRegion();
        if (other == null || other.equals(region)) {
            return answer;
        }
        answer.drain();
        regions.put(bucket, other);
        return send(ask, other);
    }

    private S3Answer send(Ask ask, String region) throws IOException {
        S3Location at = ask.at();
        AwsEndpoint endpoint = environment.endpoint("s3", region);
        boolean inHost = at.isHostLabel() && !endpoint.hasNoSubdomains();
        AwsEndpoint called = inHost ? endpoint.below(at.bucket()) : endpoint;
        SdkHttpRequest.Builder request = SdkHttpRequest.builder()
                .method(ask.method())
                .protocol(called.secure() ? "https" : "http")
                .host(called.urlHost())
                .port(called.port())
                .encodedPath(called.path() + (inHost ? "/" : "/" + at.bucket() + "/") + at.encodedKey());
        ask.headers().forEach(request::putHeader);
        return new S3Answer(client.send(new SignedCall("s3", region, request.build(), ask.content())));
    }

    private static S3Result.Get read(S3Answer answer, int limit) throws IOException {
        byte[] bytes = answer.bytes(limit);
        return bytes == null ? new TooLarge(limit, answer.version()) : new Found(bytes, answer.version());
    }

    private static Refusal refusal(S3Answer answer) {
        S3Error error = answer.error();
        String reason = error.describe(answer.status());
        return switch (answer.status()) {
            case 404 -> new Missing("NoSuchBucket".equals(error.code()), reason);
            case 401, 403 -> new Forbidden(reason);
            default -> new Failed(reason);
        };
    }

    private static Failed failed(Exception e) {
        return new Failed(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
    }
}
