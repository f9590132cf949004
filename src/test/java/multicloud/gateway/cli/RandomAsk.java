package multicloud.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import multicloud.gateway.auth.Tokens;
import multicloud.gateway.testing.Ask;

/** Makes requests that nearly fit a path of a document. */
final class RandomAsk {
    static final String BY_DEFAULT = "authorization: Bearer " + token("default");
    static final String BY_PARTNERS = "authorization: Bearer " + token("partners");

    private static final String[] METHODS = {
        "GET", "GET", "GET", "GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "OPTIONS"
    };
    private static final String[] SEGMENTS = {"a", "b", "1", "4%202", "%C3%A9", "x;y", "c%2Fd", "%61", ";z"};
    private static final String[] RESTS = {"", "/", "/a", "/x/%7E|/", "/a/b%20c"};
    private static final String[] MISTAKES = {"/..", "//", "/%2e", "/a%zz", "/z/z/z"};
    private static final String[] QUERIES = {
        "", "", "?", "?q=1", "?q=1&q=2", "?q=%C3%A9+x&z=|", "?k%20y=1&q", "?q=a%0d%0ab", "?%71=2&&z"
    };
    private static final String[] ORIGINS = {"https://a.example", "https://b.a.example", "null"};

    private final Random random;

    RandomAsk(Random random) {
        this.random = random;
    }

    private static String token(String issuer) {
        return Tokens.of("{\"iss\":\"" + issuer
                + "\",\"aud\":\"us\",\"exp\":4000000000,\"sub\":\"u 1\",\"scope\":\"write read\",\"tenant\":\"a\"}");
    }

    Ask next(JsonNode document) {
        JsonNode paths = document.path("paths");
        String pattern = paths.get(random.nextInt(paths.size())).path("path").asText();
        List<String> fields = new ArrayList<>();
        if (random.nextInt(2) == 0) {
            fields.add("x-in: " + any("1", "2", "a  b"));
        }
        add(5, "X-In: 1", fields);
        add(4, "x-a: forged", fields);
        add(5, "X_A: forged", fields);
        add(3, "Origin: " + any(ORIGINS), fields);
        add(3, "Access-Control-Request-Method: " + any("GET", "PUT", "PURGE"), fields);
        add(6, "Access-Control-Request-Headers: x-in", fields);
        add(6, "X-Front: a guess", fields);
        add(6, "X_Front: " + RandomDocument.FRONT, fields);
        add(6, "x-forwarded-host: other.test", fields);
        add(40, "cdn-loop: multicloud-gateway, multicloud-gateway", fields);
        switch (random.nextInt(3)) {
            case 0 -> fields.add(BY_DEFAULT);
            case 1 -> fields.add(BY_PARTNERS);
            default -> {}
        }
        String method = random.nextInt(40) == 0 ? "PURGE" : any(METHODS);
        return Ask.ask(method, path(pattern) + any(QUERIES), fields.toArray(String[]::new));
    }

    private String path(String pattern) {
        StringBuilder path = new StringBuilder();
        for (String segment : pattern.substring(1).split("/")) {
            if (segment.endsWith("+}")) {
                path.append(any(RESTS));
            } else if (segment.startsWith("{") || random.nextInt(10) == 0) {
                path.append('/').append(any(SEGMENTS));
            } else {
                path.append('/').append(segment);
            }
        }
        return (path.isEmpty() ? "/" : path) + (random.nextInt(12) == 0 ? any(MISTAKES) : "");
    }

    private void add(int in, String field, List<String> fields) {
        if (random.nextInt(in) == 0) {
            fields.add(field);
        }
    }

    private String any(String... of) {
        return of[random.nextInt(of.length)];
    }
}
