package multicloud.gateway.aws;

import java.io.IOException;
import java.time.Clock;
import java.time.InstantSource;
import java.time.ZoneOffset;
import multicloud.gateway.http.Body;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignRequest;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/**
 * Signs calls with the SDK's signer (Signature Version 4) and sends them once: no retries, no marshalling. Safe for use by many
 * threads.
 */
public final class AwsClient {
    private final SdkHttpClient http;
    private final AwsCredentials credentials;
    private final Clock clock;
    private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();

    /**
     * A client.
     *
     * @param clock the wall clock, whose time is signed
     */
    public AwsClient(SdkHttpClient http, AwsCredentials credentials, InstantSource clock) {
        this.http = http;
        this.credentials = credentials;
        this.clock = clock.withZone(ZoneOffset.UTC);
    }

    /**
     * Signs and sends a call, and returns when the answer's head is there, whatever its status. The caller reads the body to its
     * end or aborts it.
     *
     * @throws IOException when there are no credentials, or no answer
     */
    public HttpExecuteResponse send(SignedCall call) throws IOException {
        SignedRequest signed = signer.sign(sign(call, credentials.resolve()));
        HttpExecuteRequest.Builder execute = HttpExecuteRequest.builder().request(signed.request());
        signed.payload().ifPresent(execute::contentStreamProvider);
        return http.prepareRequest(execute.build()).call();
    }

    private SignRequest<AwsCredentialsIdentity> sign(SignedCall call, AwsCredentialsIdentity identity) {
        boolean s3 = call.service().equals("s3");
        SdkHttpRequest request = call.request();
        Body content = call.content();
        if (!content.isAbsent()) {
            request = request.toBuilder()
                    .putHeader("Content-Length", Long.toString(content.length()))
                    .build();
        }
        SignRequest.Builder<AwsCredentialsIdentity> sign = SignRequest.builder(identity)
                .request(request)
                .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, call.service())
                .putProperty(AwsV4HttpSigner.REGION_NAME, call.region())
                .putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, !s3)
                .putProperty(AwsV4HttpSigner.NORMALIZE_PATH, !s3)
                .putProperty(AwsV4HttpSigner.SIGNING_CLOCK, clock);
        if (!content.isAbsent()) {
            sign.payload(ContentStreamProvider.fromInputStreamSupplier(content::stream));
        }
        return sign.build();
    }
}
