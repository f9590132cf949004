package multicloud.gateway.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import multicloud.gateway.auth.PublicKeyForgeries;
import multicloud.gateway.auth.Tokens;
import multicloud.gateway.testing.RawClient.Answer;

/** What the suites of security know: secrets that nobody may find again, and how to look for them. */
abstract class SecurityTesting extends EdgeTesting {
    static final Map<String, String> SECRETS = Map.of(
            "JWT_SECRET", Tokens.SECRET,
            "OTHER_SECRET", "another secret that is long enough, too",
            "PROXY_SECRET", "origin-verify-0123456789abcdef",
            "NEXT_PROXY_SECRET", "origin-verify-next-9876543210",
            "ISSUER_KEYS", PublicKeyForgeries.jwks());

    private static final int SHORTEST_SECRET = 6;
    private static final Pattern SCHEME =
            Pattern.compile("^(bearer|basic|aws4-hmac-sha256) ", Pattern.CASE_INSENSITIVE);

    /** Many servers read an underscore in a field's name as a hyphen. */
    static String spelling(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What an answer says of CORS, without the prefix that all of it has. */
    protected static Map<String, String> cors(Answer answer) {
        String prefix = "access-control-";
        Map<String, String> said = new LinkedHashMap<>();
        for (String field : answer.fields()) {
            String name = spelling(Ask.name(field));
            if (name.startsWith(prefix)) {
                said.merge(name.substring(prefix.length()), Ask.value(field), (one, other) -> one + ", " + other);
            }
        }
        return said;
    }

    /** The gateway's own answer, but for what CORS has to say of the request. */
    static String own(Answer answer) {
        return answer.text()
                + String.join(
                        "\n",
                        answer.fields().stream()
                                .filter(field -> !spelling(Ask.name(field)).startsWith("access-control-allow-"))
                                .toList());
    }

    /** No value of a field or the query, no token and no secret stands in what was logged or in the gateway's own answer. */
    final void keepsSecrets(Ask ask, String accessLine, String ownAnswer) {
        List<String> secrets = new ArrayList<>(SECRETS.values());
        for (String field : ask.fields()) {
            secrets.add(Ask.value(field));
            secrets.addAll(
                    List.of(SCHEME.matcher(Ask.value(field)).replaceFirst("").split("[ .,]+")));
        }
        int mark = ask.target().indexOf('?');
        if (mark >= 0) {
            secrets.add(ask.target().substring(mark + 1));
            secrets.addAll(List.of(ask.target().substring(mark + 1).split("[&=]+")));
        }
        if (ask.body() != null) {
            secrets.add(new String(ask.bytes(), ISO_8859_1));
        }
        String said = accessLine + String.join("\n", configLines()) + ownAnswer;
        for (String secret : secrets) {
            if (secret.length() >= SHORTEST_SECRET && !secret.equalsIgnoreCase("bearer")) {
                assertThat(said).doesNotContain(secret);
            }
        }
    }
}
