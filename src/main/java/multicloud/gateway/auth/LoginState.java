package multicloud.gateway.auth;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import multicloud.gateway.config.Secret;
import multicloud.gateway.http.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * Binds a login to the browser that begins it: the state goes out in a cookie that is signed and lives ten minutes. Nonce and PKCE
 * verifier are derived from the state by a key that only the gateway has, made of the client's secret. Nothing is kept here. Safe
 * for use by many threads.
 */
final class LoginState {
    private static final long SECONDS = 600;
    private static final int RANDOM_BYTES = 24;
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private final SecretKeySpec key;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    /** That of one client; {@code clock} is the wall clock. */
    LoginState(String alias, Secret clientSecret, InstantSource clock) {
        this.key = new SecretKeySpec(
                hmac(new SecretKeySpec(clientSecret.reveal().getBytes(UTF_8), "HmacSHA256"), "gateway login " + alias),
                "HmacSHA256");
        this.clock = clock;
    }

    /**
     * A login that a browser began.
     *
     * @param returnTo where it is to be sent back to, or null
     */
    record Begun(String state, @Nullable String returnTo) {}

    /** A login that begins now. */
    Begun begin(@Nullable String returnTo) {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        return new Begun(ENCODER.encodeToString(bytes), returnTo);
    }

    /** The cookie that a browser keeps of it. */
    String cookie(Begun login, Exchange exchange) {
        String returnTo = login.returnTo() == null ? "" : login.returnTo();
        String content = (clock.instant().getEpochSecond() + SECONDS) + "." + login.state() + "."
                + ENCODER.encodeToString(returnTo.getBytes(UTF_8));
        return attributes(exchange, content + "." + derived("cookie", content), SECONDS);
    }

    /** The cookie that takes the place of the one that was used. */
    String noCookie(Exchange exchange) {
        return attributes(exchange, "", 0);
    }

    private static String attributes(Exchange exchange, String value, long seconds) {
        String name = name(exchange);
        return name + "=" + value + "; Path=/; Max-Age=" + seconds + "; HttpOnly; SameSite=Lax"
                + (name.startsWith("__Host-") ? "; Secure" : "");
    }

    /** A browser takes the prefix, which no neighbouring host can forge, over https alone. */
    private static String name(Exchange exchange) {
        return exchange.client().scheme().equals("https") ? "__Host-gateway-login" : "gateway-login";
    }

    /** The login with that state, where this very browser began it less than ten minutes ago; else null. */
    @Nullable
    Begun find(@Nullable String state, Exchange exchange) {
        List<String> cookies = TokenReader.cookies(exchange.request().headers(), name(exchange));
        if (state == null || cookies.size() != 1) {
            return null;
        }
        List<String> parts = parts(cookies.getFirst());
        if (parts.size() != 4) {
            return null;
        }
        String content = String.join(".", parts.subList(0, 3));
        boolean ours = isEqual(parts.get(3), derived("cookie", content));
        if (!ours || !isEqual(parts.get(1), state) || hasEnded(parts.getFirst())) {
            return null;
        }
        String returnTo = new String(Base64.getUrlDecoder().decode(parts.get(2)), UTF_8);
        return new Begun(state, returnTo.isEmpty() ? null : returnTo);
    }

    /** The text between its dots. */
    private static List<String> parts(String text) {
        List<String> parts = new ArrayList<>(4);
        int start = 0;
        for (int dot = text.indexOf('.'); dot >= 0; dot = text.indexOf('.', start)) {
            parts.add(text.substring(start, dot));
            start = dot + 1;
        }
        parts.add(text.substring(start));
        return parts;
    }

    private boolean hasEnded(String end) {
        long left = Long.parseLong(end) - clock.instant().getEpochSecond();
        return left <= 0 || left > SECONDS;
    }

    private static boolean isEqual(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(UTF_8), other.getBytes(UTF_8));
    }

    /** What the ID token must repeat (OpenID Connect Core 1.0, section 3.1.2.1). */
    String nonce(Begun login) {
        return derived("nonce", login.state());
    }

    /** What proves that a code is exchanged by who asked for it (RFC 7636, section 4.1). */
    String verifier(Begun login) {
        return derived("verifier", login.state());
    }

    /** What the provider knows the verifier by (RFC 7636, section 4.2). */
    String challenge(Begun login) {
        try {
            byte[] verifier = verifier(login).getBytes(US_ASCII);
            return ENCODER.encodeToString(MessageDigest.getInstance("SHA-256").digest(verifier));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private String derived(String purpose, String text) {
        return ENCODER.encodeToString(hmac(key, purpose + " " + text));
    }

    private static byte[] hmac(SecretKeySpec key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac.doFinal(text.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HMAC", e);
        }
    }
}
