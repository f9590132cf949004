package multicloud.gateway.aws;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import multicloud.gateway.aws.S3Calls.Ask;
import multicloud.gateway.aws.S3Result.Found;
import multicloud.gateway.aws.S3Result.NotModified;
import multicloud.gateway.aws.S3Result.PreconditionFailed;
import multicloud.gateway.aws.S3Result.Present;
import multicloud.gateway.aws.S3Result.Stored;
import multicloud.gateway.aws.S3Result.TooLarge;
import multicloud.gateway.http.Body;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SdkHttpMethod;

/**
 * Reads and writes single objects of S3, one signed call each (Amazon S3 API Reference: GetObject, PutObject, HeadObject, ListObjectVersions).
 *
 * <p>A bucket that turns out to lie in another region is asked there once more, and from then on. Never throws for what a network
 * or the service does. Safe for use by many threads.
 */
public final class S3Objects {
    /** Another conditional writer was at the same object in the same moment. */
    private static final String CONFLICT = "ConditionalRequestConflict";

    /** Metadata of an object: who says to have written it. */
    private static final String PUBLISHED_BY = "x-amz-meta-published-by";

    private final S3Calls calls;

    public S3Objects(AwsClient client, AwsEnvironment environment) {
        calls = new S3Calls(client, environment);
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
        return get(new Ask(SdkHttpMethod.GET, at, Map.of(), headers, Body.absent()), limit);
    }

    /**
     * Reads a version of an object.
     *
     * @param versionId as S3 calls it
     * @param limit the most bytes wanted
     */
    public S3Result.Get getVersion(S3Location at, String versionId, int limit) {
        return get(new Ask(SdkHttpMethod.GET, at, Map.of("versionId", versionId), Map.of(), Body.absent()), limit);
    }

    private S3Result.Get get(Ask ask, int limit) {
        try {
            S3Answer answer = calls.exchange(ask);
            return switch (answer.status()) {
                case 200 -> read(answer, limit);
                case 304 -> {
                    answer.drain();
                    yield new NotModified();
                }
                default -> S3Calls.refusal(answer);
            };
        } catch (IOException | IllegalArgumentException e) {
            return S3Calls.failed(e);
        }
    }

    /** Says whether an object is there, and which. */
    public S3Result.Head head(S3Location at) {
        try {
            S3Answer answer = calls.exchange(new Ask(SdkHttpMethod.HEAD, at));
            return answer.status() == 200 ? new Present(answer.length(), answer.version()) : S3Calls.refusal(answer);
        } catch (IOException | IllegalArgumentException e) {
            return S3Calls.failed(e);
        }
    }

    /** Writes an object of JSON, if the condition holds. */
    public S3Result.Put put(S3Location at, byte[] bytes, Condition condition) {
        return put(at, bytes, condition, null);
    }

    /**
     * Writes an object of JSON, if the condition holds.
     *
     * @param by who says to write it, in printable ASCII, which is kept beside the object; null for nobody
     */
    public S3Result.Put put(S3Location at, byte[] bytes, Condition condition, @Nullable String by) {
        Map<String, String> headers = new HashMap<>(Map.of("Content-Type", "application/json"));
        switch (condition) {
            case Condition.Absent() -> headers.put("If-None-Match", "*");
            case Condition.Matches(String etag) -> headers.put("If-Match", etag);
            case Condition.Always() -> {}
        }
        if (by != null) {
            headers.put(PUBLISHED_BY, by);
        }
        try {
            S3Answer answer = calls.exchange(new Ask(SdkHttpMethod.PUT, at, Map.of(), headers, Body.of(bytes)));
            if (answer.status() == 200) {
                answer.drain();
                return new Stored(answer.version());
            }
            boolean lost = answer.status() == 412
                    || answer.status() == 409 && CONFLICT.equals(answer.error().code());
            return lost ? new PreconditionFailed() : S3Calls.refusal(answer);
        } catch (IOException | IllegalArgumentException e) {
            return S3Calls.failed(e);
        }
    }

    /**
     * The versions of an object, the newest first; an object of a bucket that keeps none is one version.
     *
     * @param most how many are wanted
     */
    public S3Result.History versions(S3Location at, int most) {
        try {
            return new S3Versions(calls, at).newest(most);
        } catch (IOException | IllegalArgumentException e) {
            return S3Calls.failed(e);
        }
    }

    private static S3Result.Get read(S3Answer answer, int limit) throws IOException {
        byte[] bytes = answer.bytes(limit);
        return bytes == null
                ? new TooLarge(limit, answer.version())
                : new Found(bytes, answer.version(), answer.header(PUBLISHED_BY));
    }
}
