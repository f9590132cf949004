package multicloud.gateway.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import multicloud.gateway.auth.Tokens;

/**
 * Makes documents whose paths are guarded by several authorizers or none, requests with good, bad and misplaced credentials, and says,
 * without asking the gateway, whom a path may let in. Every path's upstream is asked for {@code /route-INDEX}.
 */
final class RandomGuards {
    static final String USERS = "arn:aws:iam::123456789012:user/";
    static final Map<String, String> SECRETS =
            Map.of("A", Tokens.SECRET, "B", "another secret that is long enough, too");

    private static final String KEYS_FIELD = "x-api-key";
    private static final String[] SEGMENTS = {"/a", "/a", "/b", "/{p}"};
    private static final String[] AUTHS = {
        "true",
        "false",
        "null",
        "{}",
        "{\"scopes\":[\"read\"]}",
        "{\"authorizer\":\"partners\"}",
        "{\"authorizer\":\"partners\",\"scopes\":[\"read\",\"write\"]}",
        "{\"authorizer\":\"machines\"}",
        "{\"authorizer\":\"machines\",\"scopes\":[\"read\"],\"claims\":{\"tenant\":[\"x\",\"y\"]}}",
        "{\"authorizer\":\"aws\"}",
        "{\"authorizer\":\"aws\",\"claims\":{\"accountId\":[\"123456789012\"]}}",
        "{\"claims\":{\"tenant\":[\"y\"]}}"
    };
    private static final String[] TARGETS = {
        "/",
        "/a",
        "/b",
        "/a/b",
        "/a/a",
        "/b/a/b",
        "/%61/b",
        "/a;x/b",
        "/a/b;x",
        "/A",
        "/a/",
        "//a",
        "/a/../b",
        "/a/%2e%2e/b",
        "/a%2fb"
    };

    private final Random random;

    RandomGuards(Random random) {
        this.random = random;
    }

    /**
     * What a request shows.
     *
     * @param alias the authorizer that has to accept it; null where none may
     */
    record Credential(String field, String alias, Set<String> scopes, Map<String, String> claims) {}

    /** A document; it may have routes that are equal, and is refused then. */
    JsonNode document(int port) {
        List<String> paths = new ArrayList<>();
        for (int i = random.nextInt(6); i >= 0; i--) {
            paths.add(path(paths.size()));
        }
        return read("""
                { "servers": [ { "alias": "s", "url": "http://127.0.0.1:%d" } ],
                  "authorizer": { "type": "jwt", "issuer": "a", "audience": "us", "algorithm": "HS256", "secret": "$secret.A" },
                  "authorizers": [
                    { "alias": "partners", "type": "jwt", "issuer": "b", "audience": "us", "algorithm": "HS256", "secret": "$secret.B" },
                    { "alias": "machines", "type": "api_key", "header": "%s", "keys": [
                      { "id": "k1", "sha256": "%s", "scopes": [ "read" ], "claims": { "tenant": "x" } },
                      { "id": "k2", "sha256": "%s" } ] },
                    { "alias": "aws", "type": "iam", "principals": [ "%s*" ] } ],
                  %s "paths": [ %s ] }
                """.formatted(
                        port,
                        KEYS_FIELD,
                        sha256("key-1"),
                        sha256("key-2"),
                        USERS,
                        random.nextInt(3) == 0 ? "\"auth\": " + any(AUTHS) + "," : "",
                        String.join(",\n", paths)));
    }

    private String path(int index) {
        String first = random.nextInt(4) == 0 ? "" : any(SEGMENTS);
        String second = random.nextInt(2) == 0 ? "" : any("/a", "/b", "/{q}");
        String rest = random.nextInt(3) == 0 ? "/{.+}" : "";
        String path = first + second + rest;
        return "{\"method\":" + any("\"GET\"", "\"GET\"", "\"ANY\"", "[\"POST\",\"DELETE\"]") + ",\"path\":\""
                + (path.isEmpty() ? "/" : path) + "\""
                + (random.nextInt(4) == 0 ? ",\"match\":{\"headers\":{\"x-in\":\"1\"}}" : "")
                + (random.nextInt(4) == 0 ? "" : ",\"auth\":" + any(AUTHS))
                + ",\"integration\":{\"type\":\"http\",\"server\":\"s\",\"rewrite\":\"/route-" + index + "\"}}";
    }

    /** A request that shows these. */
    Ask ask(List<Credential> shown) {
        List<String> fields = new ArrayList<>();
        shown.forEach(credential -> fields.add(credential.field()));
        if (random.nextInt(3) == 0) {
            fields.add("x-in: 1");
        }
        return new Ask(any("GET", "GET", "HEAD", "POST", "DELETE", "OPTIONS"), any(TARGETS), fields, null);
    }

    /** A token, a key, both, neither, or the same twice, which is as good as neither. */
    List<Credential> credentials() {
        List<Credential> shown = new ArrayList<>();
        if (random.nextInt(3) > 0) {
            shown.add(token());
        }
        if (random.nextInt(3) > 0) {
            shown.add(key());
        }
        if (!shown.isEmpty() && random.nextInt(8) == 0) {
            Credential twice = shown.removeFirst();
            Credential nothing = new Credential(twice.field(), null, Set.of(), Map.of());
            shown.add(nothing);
            shown.add(nothing);
        }
        return shown;
    }

    private Credential token() {
        boolean partner = random.nextBoolean();
        Set<String> scopes =
                Set.of(any("", "read", "read write", "reader", "write").split(" "));
        String tenant = any("x", "y", "z");
        int flaw = random.nextInt(8);
        String claims = "{\"iss\":\"%s\",\"aud\":\"%s\",\"exp\":%d,\"sub\":\"u\",\"scope\":\"%s\",\"tenant\":\"%s\"}"
                .formatted(
                        partner ? "b" : "a",
                        flaw == 0 ? "them" : "us",
                        EdgeTesting.NOW + (flaw == 1 ? 0 : 60),
                        String.join(" ", scopes),
                        tenant);
        String header = flaw == 2 ? "{\"alg\":\"none\"}" : Tokens.HS256;
        String secret = SECRETS.get(partner != (flaw == 3) ? "B" : "A");
        String token = Tokens.hs256(header, claims, secret);
        return new Credential(
                "Authorization: " + (flaw == 4 ? "Basic " : "Bearer ") + token,
                flaw <= 4 ? null : partner ? "partners" : "default",
                scopes,
                Map.of("tenant", tenant));
    }

    private Credential key() {
        return switch (random.nextInt(5)) {
            case 0, 1 -> new Credential(KEYS_FIELD + ": key-1", "machines", Set.of("read"), Map.of("tenant", "x"));
            case 2 -> new Credential(KEYS_FIELD + ": key-2", "machines", Set.of(), Map.of());
            case 3 -> new Credential(KEYS_FIELD + ": " + sha256("key-1"), null, Set.of(), Map.of());
            default -> new Credential("X_Api_Key: key-1", null, Set.of(), Map.of());
        };
    }

    /** What AWS says of the caller, and what that proves, in a list of one; an empty one where it proves nothing. */
    List<Credential> caller(Map<String, String> caller) {
        caller.clear();
        String account = any("123456789012", "210987654321");
        caller.put("accountId", account);
        if (random.nextInt(3) > 0) {
            caller.put("userArn", USERS.replace("123456789012", account) + "u");
        }
        boolean one = caller.containsKey("userArn") && account.equals("123456789012");
        return one ? List.of(new Credential("", "aws", Set.of(), new HashMap<>(caller))) : List.of();
    }

    /** Whether a path demands anybody at all. */
    static boolean isGuarded(JsonNode document, int index) {
        JsonNode auth = auth(document, index);
        return auth.isObject() || auth.asBoolean();
    }

    /** Whether it may let in who shows this. */
    static boolean mayLetIn(JsonNode document, int index, List<Credential> shown) {
        JsonNode auth = auth(document, index);
        String alias = auth.path("authorizer").asText("default");
        Set<String> scopes = texts(auth.path("scopes"));
        return shown.stream()
                .anyMatch(credential -> alias.equals(credential.alias())
                        && credential.scopes().containsAll(scopes)
                        && auth.path("claims").properties().stream()
                                .allMatch(claim -> texts(claim.getValue())
                                        .contains(credential.claims().get(claim.getKey()))));
    }

    private static JsonNode auth(JsonNode document, int index) {
        JsonNode path = document.path("paths").path(index);
        return path.has("auth") ? path.path("auth") : document.path("auth");
    }

    private static Set<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.toSet());
    }

    private static String sha256(String key) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(key.getBytes(US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private String any(String... of) {
        return of[random.nextInt(of.length)];
    }

    private static JsonNode read(String json) {
        try {
            return EdgeTesting.JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(json, e);
        }
    }
}
