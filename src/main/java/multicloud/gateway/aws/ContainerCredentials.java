package multicloud.gateway.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/**
 * The credentials a container's agent hands out: those of Lambda with SnapStart, ECS and EKS. See the AWS SDKs and Tools Reference
 * Guide, "Container credential provider".
 *
 * <p>They are kept until five minutes before they expire by the wall clock, and while newer ones cannot be had, until they do.
 */
final class ContainerCredentials implements AwsCredentials {
    private static final Duration EARLY = Duration.ofMinutes(5);
    private static final int LARGEST = 64 * 1024;
    private static final String ECS_AGENT = "169.254.170.2";

    private final AwsEnvironment environment;
    private final SdkHttpClient http;
    private final InstantSource clock;
    private final ReentrantLock fetching = new ReentrantLock();
    private volatile @Nullable ContainerLease lease;

    ContainerCredentials(AwsEnvironment environment, SdkHttpClient http, InstantSource clock) {
        this.environment = environment;
        this.http = http;
        this.clock = clock;
    }

    @Override
    public AwsCredentialsIdentity resolve() throws IOException {
        ContainerLease kept = lease;
        if (kept != null && kept.lasts(clock.instant().plus(EARLY))) {
            return kept.identity();
        }
        fetching.lock();
        try {
            return renewed().identity();
        } finally {
            fetching.unlock();
        }
    }

    @Override
    public void forget() {
        lease = null;
    }

    private ContainerLease renewed() throws IOException {
        ContainerLease kept = lease;
        if (kept != null && kept.lasts(clock.instant().plus(EARLY))) {
            return kept;
        }
        try {
            ContainerLease fetched = fetch();
            lease = fetched;
            return fetched;
        } catch (IOException e) {
            if (kept != null && kept.lasts(clock.instant())) {
                return kept;
            }
            throw new IOException("no AWS credentials of the container: " + e.getMessage(), e);
        }
    }

    private ContainerLease fetch() throws IOException {
        SdkHttpRequest.Builder request =
                SdkHttpRequest.builder().method(SdkHttpMethod.GET).uri(uri()).putHeader("Accept", "application/json");
        String token = token();
        if (token != null) {
            request.putHeader("Authorization", token);
        }
        HttpExecuteRequest execute =
                HttpExecuteRequest.builder().request(request.build()).build();
        HttpExecuteResponse response = http.prepareRequest(execute).call();
        int status = response.httpResponse().statusCode();
        try (InputStream body = response.responseBody().orElseGet(AbortableInputStream::createEmpty)) {
            byte[] json = body.readNBytes(LARGEST);
            if (status != 200) {
                throw new IOException("the credentials endpoint answered " + status);
            }
            return ContainerLease.read(json);
        }
    }

    private URI uri() throws IOException {
        String relative = environment.variable("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI");
        String full = environment.variable("AWS_CONTAINER_CREDENTIALS_FULL_URI");
        String text = relative != null ? "http://" + ECS_AGENT + relative : full;
        URI uri;
        try {
            uri = new URI(text == null ? "" : text);
        } catch (URISyntaxException e) {
            throw new IOException("AWS_CONTAINER_CREDENTIALS_FULL_URI is no URL", e);
        }
        if (!mayBeAsked(uri)) {
            throw new IOException(
                    "AWS_CONTAINER_CREDENTIALS_FULL_URI must be https, or http to a loopback address or to the"
                            + " agent of ECS or EKS");
        }
        return uri;
    }

    /** The hosts the SDK allows too: the token must not go in the clear to any other. */
    private static boolean mayBeAsked(URI uri) {
        String host = uri.getHost();
        if (host == null || uri.getScheme() == null) {
            return false;
        }
        return switch (uri.getScheme().toLowerCase(Locale.ROOT)) {
            case "https" -> true;
            case "http" ->
                switch (host.toLowerCase(Locale.ROOT)) {
                    case "localhost", "[::1]", ECS_AGENT, "169.254.170.23", "[fd00:ec2::23]" -> true;
                    default -> host.matches("127(\\.\\d{1,3}){3}");
                };
            default -> false;
        };
    }

    /** The token file is read each time, since its content is replaced while the process runs. */
    private @Nullable String token() throws IOException {
        String file = environment.variable("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE");
        String token = file == null
                ? environment.variable("AWS_CONTAINER_AUTHORIZATION_TOKEN")
                : Files.readString(Path.of(file), UTF_8).strip();
        if (token != null && token.chars().anyMatch(c -> c < ' ' || c == 0x7F)) {
            throw new IOException("the authorization token for the credentials endpoint holds a control character");
        }
        return token;
    }
}
