package multicloud.gateway.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import multicloud.gateway.auth.IssuerClient.Answer;
import multicloud.gateway.config.EndpointUrl;
import multicloud.gateway.config.PathConfig.SupabaseStep;
import multicloud.gateway.config.Secret;
import multicloud.gateway.http.Answers;
import multicloud.gateway.http.Body;
import multicloud.gateway.http.BodyFailure;
import multicloud.gateway.http.Exchange;
import multicloud.gateway.http.Failure;
import multicloud.gateway.http.Handler;
import multicloud.gateway.http.Headers;
import multicloud.gateway.http.JsonBytes;
import multicloud.gateway.http.Response;
import multicloud.gateway.jose.JsonMap;
import org.jspecify.annotations.Nullable;

/**
 * Logins by one-time codes of Supabase: a code is sent by mail or message, and exchanged for a session. The key that may do all this
 * goes to Supabase and to nobody else. Safe for use by many threads.
 */
public final class SupabaseOtp implements Handler {
    private static final int LARGEST_BODY = 64 * 1024;
    private static final String BY_MAIL =
            "{\"message\":\"Email OTP sent successfully\",\"note\":\"The code has been sent to the address.\"}";
    private static final String BY_MESSAGE =
            "{\"message\":\"SMS OTP sent successfully\",\"note\":\"The code has been sent to the number.\"}";

    private final SupabaseStep config;
    private final IssuerClient client;

    public SupabaseOtp(SupabaseStep config, Issuers issuers) {
        this.config = config;
        this.client = issuers.client();
    }

    /** Whom a code goes to: {@code name} is what Supabase calls the kind of address. */
    private record Contact(String name, String value) {}

    @Override
    public Response handle(Exchange exchange) {
        EndpointUrl url = config.url();
        Secret key = config.key();
        if (url == null || key == null) {
            return Answers.of(Failure.SUPABASE_ENV_MISSING, exchange);
        }
        Map<String, @Nullable Object> asked;
        try {
            asked = JsonMap.read(exchange.request().body().bytes(LARGEST_BODY, Failure.BODY_TOO_LARGE));
        } catch (BodyFailure e) {
            return Answers.of(e.failure(), exchange);
        } catch (IOException e) {
            asked = Map.of();
        }
        return switch (config.step()) {
            case SEND -> send(asked, url, key, exchange);
            case SEND_BY_MAIL -> sendByMail(asked, url, key, exchange);
            case VERIFY -> verify(asked, url, key, exchange);
        };
    }

    private Response send(Map<String, @Nullable Object> asked, EndpointUrl url, Secret key, Exchange exchange) {
        Contact contact = contact(asked);
        return contact == null
                ? Answers.of(Failure.MISSING_EMAIL_OR_PHONE, exchange)
                : send(contact, "SUPABASE_OTP_SEND_FAILED", url, key, exchange);
    }

    private Response sendByMail(Map<String, @Nullable Object> asked, EndpointUrl url, Secret key, Exchange exchange) {
        String email = text(asked, "email");
        return email == null
                ? Answers.of(Failure.MISSING_EMAIL, exchange)
                : send(new Contact("email", email), "SUPABASE_OTP_ALT_FAILED", url, key, exchange);
    }

    private Response send(Contact contact, String code, EndpointUrl url, Secret key, Exchange exchange) {
        JsonBytes body = json().name(contact.name())
                .value(contact.value())
                .name("create_user")
                .value(true)
                .endObject();
        try {
            Answer answer = post(url.below("/auth/v1/otp"), body, key, exchange);
            if (isGood(answer)) {
                return ok(
                        contact.name().equals("email") ? BY_MAIL.getBytes(UTF_8) : BY_MESSAGE.getBytes(UTF_8),
                        exchange);
            }
            return Answers.of(answer.status() < 500 ? 400 : 502, code, "The code could not be sent.", exchange);
        } catch (FetchException e) {
            return Answers.of(502, code, "The code could not be sent.", exchange);
        }
    }

    private Response verify(Map<String, @Nullable Object> asked, EndpointUrl url, Secret key, Exchange exchange) {
        String token = text(asked, "token");
        Contact contact = contact(asked);
        if (token == null || contact == null) {
            return Answers.of(Failure.MISSING_TOKEN_OR_CONTACT, exchange);
        }
        JsonBytes body = json().name("type")
                .value(contact.name().equals("email") ? "email" : "sms")
                .name("token")
                .value(token)
                .name(contact.name())
                .value(contact.value())
                .endObject();
        try {
            Answer answer = post(url.below("/auth/v1/verify"), body, key, exchange);
            if (isGood(answer)) {
                answer.json();
                return ok(answer.body(), exchange);
            }
            return answer.status() < 500
                    ? Answers.of(Failure.SUPABASE_OTP_REFUSED, exchange, Headers.of("www-authenticate", "Bearer"))
                    : notVerified(exchange);
        } catch (FetchException e) {
            return notVerified(exchange);
        }
    }

    private static Response notVerified(Exchange exchange) {
        return Answers.of(502, Failure.SUPABASE_OTP_REFUSED.code(), "The code could not be verified.", exchange);
    }

    private Answer post(EndpointUrl url, JsonBytes body, Secret key, Exchange exchange) throws FetchException {
        Headers headers = Headers.of(
                "content-type",
                "application/json",
                "accept",
                "application/json",
                "apikey",
                key.reveal(),
                "authorization",
                "Bearer " + key.reveal());
        return client.send(
                Endpoint.of(url),
                "POST",
                headers,
                Body.of(Arrays.copyOf(body.bytes(), body.length())),
                exchange.deadline());
    }

    private static boolean isGood(Answer answer) {
        return answer.status() >= 200 && answer.status() < 300;
    }

    private static @Nullable Contact contact(Map<String, @Nullable Object> asked) {
        String email = text(asked, "email");
        String phone = text(asked, "phone");
        if (email != null) {
            return new Contact("email", email);
        }
        return phone == null ? null : new Contact("phone", phone);
    }

    private static @Nullable String text(Map<String, @Nullable Object> asked, String name) {
        return asked.get(name) instanceof String text && !text.isBlank() ? text : null;
    }

    private static JsonBytes json() {
        return new JsonBytes(256, 4 * LARGEST_BODY).object();
    }

    private static Response ok(byte[] body, Exchange exchange) {
        Headers headers = Headers.of(
                "content-type", "application/json", "cache-control", "no-store", Answers.REQUEST_ID, exchange.id());
        return new Response(200, headers, Body.of(body));
    }
}
