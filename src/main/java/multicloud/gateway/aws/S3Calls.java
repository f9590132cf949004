package multicloud.gateway.aws;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import multicloud.gateway.aws.S3Result.Failed;
import multicloud.gateway.aws.S3Result.Forbidden;
import multicloud.gateway.aws.S3Result.Missing;
import multicloud.gateway.aws.S3Result.Refusal;
import multicloud.gateway.http.Body;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * Sends signed calls to where a bucket is. One that turns out to lie in another region is asked there once more, and from then on.
 * Safe for use by many threads.
 */
final class S3Calls {
    /** Where S3 answers a caller who knows no region, with the bucket's own. */
    private static final String ANY_REGION = "us-east-1";

    /** The parameter that asks for a bucket's versions. */
    static final String VERSIONS = "versions";

    private final AwsClient client;
    private final AwsEnvironment environment;
    private final Map<String, String> regions = new ConcurrentHashMap<>();

    S3Calls(AwsClient client, AwsEnvironment environment) {
        this.client = client;
        this.environment = environment;
    }

    /**
     * A request, wherever the bucket is.
     *
     * @param query parameters, not encoded, null for one without a value; where it has {@code versions} the bucket itself is asked
     */
    record Ask(
            SdkHttpMethod method,
            S3Location at,
            Map<String, @Nullable String> query,
            Map<String, String> headers,
            Body content) {
        Ask(SdkHttpMethod method, S3Location at) {
            this(method, at, Map.of(), Map.of(), Body.absent());
        }

        private String path() {
            return query.containsKey(VERSIONS) ? "" : at.encodedKey();
        }
    }

    S3Answer exchange(Ask ask) throws IOException {
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
        AwsEndpoint endpoint = environment.endpoint("s3", region);
        S3Location at = ask.at();
        boolean inHost = at.isHostLabel() && !endpoint.hasNoSubdomains();
        AwsEndpoint called = inHost ? endpoint.below(at.bucket()) : endpoint;
        SdkHttpRequest.Builder request = SdkHttpRequest.builder()
                .method(ask.method())
                .protocol(called.secure() ? "https" : "http")
                .host(called.urlHost())
                .port(called.port())
                .encodedPath(called.path() + (inHost ? "/" : "/" + at.bucket() + "/") + ask.path());
        ask.query().forEach(request::putRawQueryParameter);
        ask.headers().forEach(request::putHeader);
        return new S3Answer(client.send(new SignedCall("s3", region, request.build(), ask.content())));
    }

    static Refusal refusal(S3Answer answer) {
        S3Error error = answer.error();
        String reason = error.describe(answer.status());
        return switch (answer.status()) {
            case 404 -> new Missing("NoSuchBucket".equals(error.code()), reason);
            case 401, 403 -> new Forbidden(reason);
            default -> new Failed(reason);
        };
    }

    static Failed failed(Exception e) {
        return new Failed(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
    }
}
