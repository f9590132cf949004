package multicloud.gateway.aws;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpResponse;

/** An answer of S3, its body read at most once. Not safe for use by several threads. */
final class S3Answer {
    private final SdkHttpResponse head;
    private final AbortableInputStream body;
    private @Nullable S3Error error;

    S3Answer(HttpExecuteResponse response) {
        head = response.httpResponse();
        body = response.responseBody().orElseGet(AbortableInputStream::createEmpty);
    }

    int status() {
        return head.statusCode();
    }

    S3Location.Version version() {
        return new S3Location.Version(header("ETag"), header("x-amz-version-id"));
    }

    /** The length the head announces, or -1. */
    long length() {
        String length = header("Content-Length");
        return length == null ? -1 : Long.parseLong(length);
    }

    /** The bucket's region, when the answer is that the request came to the wrong one, or was signed for it. */
    @Nullable
    String bucketRegion() {
        return switch (status()) {
            case 301, 307, 308, 400 -> {
                String region = header("x-amz-bucket-region");
                if (region == null) {
                    region = error().region();
                }
                yield region != null && AwsEnvironment.isRegion(region) ? region : null;
            }
            default -> null;
        };
    }

    /** The whole body, or null when it is longer than that; then the rest is not read. */
    byte @Nullable [] bytes(int limit) throws IOException {
        if (length() > limit) {
            body.abort();
            return null;
        }
        try (InputStream stream = body) {
            byte[] bytes = stream.readNBytes(limit + 1);
            return bytes.length > limit ? null : bytes;
        }
    }

    /** What the body says of the error; nothing, when it says nothing or breaks off. */
    S3Error error() {
        S3Error known = error;
        if (known == null) {
            try (InputStream stream = body) {
                known = S3Error.read(stream);
            } catch (IOException brokenOff) {
                known = new S3Error(null, null, null);
            }
            error = known;
        }
        return known;
    }

    /** Reads what is left of the body, so that its connection can be used again. */
    void drain() {
        error();
    }

    /** The body, for who reads it to its end and closes it. */
    InputStream body() {
        return body;
    }

    @Nullable
    String header(String name) {
        return head.firstMatchingHeader(name).orElse(null);
    }
}
