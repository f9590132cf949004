package multicloud.gateway.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import multicloud.gateway.auth.Tokens;

/** Makes documents in which routes get in each other's way, and whose mappings read all there is. */
final class RandomDocument {
    static final String TOKEN = "hunter2";
    static final String STAGE = "prod";
    static final String FRONT = "only-the-proxy-knows";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String[] METHODS = {
        "\"GET\"",
        "\"GET\"",
        "\"ANY\"",
        "\"ANY\"",
        "\"HEAD\"",
        "\"OPTIONS\"",
        "[\"GET\",\"POST\"]",
        "[\"PUT\",\"DELETE\",\"GET\"]"
    };
    private static final String[] SEGMENTS = {"/a", "/a", "/b", "/{p}", "/{p}"};
    private static final String[] WILDCARDS = {"", "", "/{rest+}", "/{.+}"};
    private static final String[] MATCHES = {
        "{\"host\":[\"gateway.test\"]}",
        "{\"host\":[\"other.test\",\"third.test\"]}",
        "{\"headers\":{\"x-in\":\"1\"}}",
        "{\"query\":{\"q\":\"1\"}}",
        "{\"headers\":{\"x-in\":\"1\"},\"query\":{\"q\":\"1\"}}"
    };
    private static final String[] AUTHS = {
        "true",
        "false",
        "null",
        "{\"scopes\":[\"read\"]}",
        "{\"authorizer\":\"partners\",\"scopes\":[\"read\"],\"claims\":{\"tenant\":[\"b\",\"a\"]}}"
    };
    private static final String[] CORS = {
        "{\"allow_origins\":[\"*\"]}",
        "{\"allow_origins\":[\"https://a.example\"],\"allow_methods\":[\"GET\"],\"max_age\":60}",
        "{\"allow_origins\":[\"https://*.example\"],\"allow_methods\":[\"*\"],\"allow_headers\":[\"*\"],\"allow_credentials\":true}"
    };
    private static final String[] VALUES = {
        "plain",
        "$$5 {x}",
        "$config.v",
        "$config.token",
        "$config.stage",
        "$secret.TOKEN",
        "$env.STAGE",
        "Bearer ${config.token}",
        "$request.header.x-in",
        "$request.header.host",
        "<${request.header.x-in}>",
        "$request.query.q",
        "${request.method} ${config.v}",
        "$request.method",
        "$request.id",
        "$request.ip",
        "$request.jwt.sub",
        "$request.jwt.none",
        "${request.header.x-in} of ${request.jwt.sub}"
    };
    private static final String[] ANSWERS = {
        "\"response\":{\"a\":[1.50,\"b\"]}",
        "\"response\":\"ok\",\"response_status\":404",
        "\"response_status\":204",
        "\"response_status\":301,\"response_headers\":{\"location\":\"/a\",\"x-a\":\"1\"}",
        "\"response\":[\"$secret.TOKEN\"],\"response_headers\":{\"Content-Type\":\"text/plain\",\"x-b\":\"$secret.TOKEN\"}"
    };

    private final Random random;
    private final int port;

    RandomDocument(Random random, int port) {
        this.random = random;
        this.port = port;
    }

    /** One that may have routes that are equal, and is refused then. */
    ObjectNode next() {
        Set<String> paths = new LinkedHashSet<>();
        for (int i = random.nextInt(7); i >= 0; i--) {
            paths.add(path());
        }
        String authorizer =
                "\"type\":\"jwt\",\"audience\":\"us\",\"algorithm\":\"HS256\",\"secret\":\"" + Tokens.SECRET + "\"";
        String keys = ",{\"alias\":\"machines\",\"type\":\"api_key\",\"header\":\"" + any("x-in", "X-A", "X-Key")
                + "\",\"keys\":[{\"id\":\"k\",\"sha256\":\"" + "0".repeat(64) + "\"}]}";
        String proxy = "\"trusted_proxy\":{\"secret\":{\"header\":\"X-Front\",\"value\":\"" + FRONT + "\"},\"host\":\""
                + any("x-in", "x-forwarded-host") + "\"},";
        return read("""
                {"variables":{"v":"w w","token":"$secret.TOKEN","stage":"$env.STAGE"},%s%s
                 "authorizer":{"issuer":"default",%s},
                 "authorizers":[{"alias":"partners","issuer":"partners",%s}%s],
                 "servers":[{"alias":"based","url":"http://127.0.0.1:%d/base"},
                            {"alias":"bare","targets":[{"name":"only","url":"http://127.0.0.1:%d","priority":3,"weight":5}]}],
                 "paths":[%s]}
                """.formatted(
                        maybe(2, "\"cors\":" + any(CORS) + ","),
                        maybe(4, proxy),
                        authorizer,
                        authorizer,
                        maybe(3, keys),
                        port,
                        port,
                        String.join(",\n", paths)));
    }

    private String path() {
        StringBuilder path = new StringBuilder();
        for (int i = random.nextInt(3); i > 0; i--) {
            String segment = any(SEGMENTS);
            path.append(path.indexOf("{p}") < 0 ? segment : segment.replace("{p}", "{r}"));
        }
        String wildcard = any(WILDCARDS);
        if (path.indexOf("{r}") != path.lastIndexOf("{r}")) {
            path.setLength(path.lastIndexOf("/"));
        }
        path.append(path.isEmpty() && wildcard.isEmpty() ? "/" : wildcard);
        List<String> keys = new ArrayList<>(List.of("\"method\":" + any(METHODS), "\"path\":\"" + path + "\""));
        keys.add(maybe(3, "\"match\":" + any(MATCHES)));
        keys.add(maybe(3, "\"auth\":" + any(AUTHS)));
        keys.add(maybe(4, "\"cors\":" + (random.nextInt(3) == 0 ? "false" : any(CORS))));
        keys.add(maybe(4, "\"encoded_slashes\":\"keep\""));
        keys.add(end(path.toString()));
        return keys.stream().filter(key -> !key.isEmpty()).collect(Collectors.joining(",", "{", "}"));
    }

    private String end(String path) {
        String answerMapping = "\"response_headers\":" + fields("x-a", "x-c");
        if (random.nextInt(3) == 0) {
            return any(ANSWERS) + maybe(2, ",\"mapping\":{" + answerMapping + "}");
        }
        String parameter = path.contains("{p}") ? "{p}" : "p";
        String rewrite = any("/r/" + parameter, "/%7e/" + parameter + "/", "/." + parameter);
        return "\"integration\":{\"type\":\"http\",\"server\":\"" + any("based", "bare") + "\""
                + maybe(3, ",\"rewrite\":\"" + rewrite + "\"") + "}"
                + maybe(
                        2,
                        ",\"mapping\":{\"headers\":" + fields("x-a", "X-B", "authorization") + ",\"query\":"
                                + fields("q", "k y") + "," + answerMapping + "}");
    }

    private String fields(String... names) {
        List<String> fields = new ArrayList<>();
        for (String name : names) {
            String value = random.nextInt(6) == 0 ? "null" : "\"" + any(VALUES) + "\"";
            fields.add(maybe(2, "\"" + name + "\":" + value));
        }
        return fields.stream().filter(field -> !field.isEmpty()).collect(Collectors.joining(",", "{", "}"));
    }

    /** The text in one of {@code in} cases. */
    private String maybe(int in, String text) {
        return random.nextInt(in) == 0 ? text : "";
    }

    private String any(String... of) {
        return of[random.nextInt(of.length)];
    }

    private static ObjectNode read(String json) {
        try {
            return (ObjectNode) JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(json, e);
        }
    }
}
