package multicloud.gateway.aws;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/**
 * Credentials a container's agent has handed out.
 *
 * @param end when they expire; null is never
 */
record ContainerLease(
        AwsCredentialsIdentity identity, @Nullable Instant end) {
    private static final JsonFactory JSON = new JsonFactory();

    /** Whether they are still good at that moment. */
    boolean lasts(Instant until) {
        return end == null || until.isBefore(end);
    }

    /**
     * Reads the agent's answer: {@code {"AccessKeyId", "SecretAccessKey", "Token", "Expiration"}}, whatever else is in it.
     *
     * @throws IOException when it is none; the message holds nothing of it
     */
    static ContainerLease read(byte[] json) throws IOException {
        String id = null;
        String secret = null;
        String token = null;
        String expiration = null;
        try (JsonParser parser = JSON.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("no JSON object");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                switch (name) {
                    case "AccessKeyId" -> id = parser.getValueAsString();
                    case "SecretAccessKey" -> secret = parser.getValueAsString();
                    case "Token" -> token = parser.getValueAsString();
                    case "Expiration" -> expiration = parser.getValueAsString();
                    default -> parser.skipChildren();
                }
            }
            return of(id, secret, token, expiration);
        } catch (IOException | DateTimeException malformed) {
            throw new IOException("the credentials endpoint's answer is malformed");
        }
    }

    private static ContainerLease of(
            @Nullable String id, @Nullable String secret, @Nullable String token, @Nullable String expiration)
            throws IOException {
        if (id == null || secret == null) {
            throw new IOException("no key");
        }
        Instant end = expiration == null ? null : Instant.parse(expiration);
        return token == null
                ? new ContainerLease(AwsCredentialsIdentity.create(id, secret), end)
                : new ContainerLease(AwsSessionCredentialsIdentity.create(id, secret, token), end);
    }
}
