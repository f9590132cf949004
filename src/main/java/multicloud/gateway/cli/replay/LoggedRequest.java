package multicloud.gateway.cli.replay;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request of the access log, and what became of it.
 *
 * @param path percent-encoded, without query, which the log does not have
 * @param status the one that went out
 * @param bytesIn of the request's body that were read
 * @param outcome who took it
 */
public record LoggedRequest(String method, String path, int status, long bytesIn, Outcome outcome) {
    private static final JsonFactory JSON = new JsonFactory();
    private static final String BEGIN = "{\"type\":\"access\"";

    /**
     * Who took a request; null for nobody.
     *
     * @param route the route's path, as its document had it
     * @param server the alias of who was asked
     * @param authorizer the alias of who let it in
     * @param code why the gateway itself refused it
     */
    public record Outcome(
            @Nullable String route,
            @Nullable String server,
            @Nullable String authorizer,
            @Nullable String code) {}

    /** Whether the gateway refused it before a server was asked. */
    boolean isRefused() {
        return outcome.code() != null && outcome.server() == null
                || outcome.server() == null && (status == 401 || status == 403);
    }

    /**
     * Reads a line of a log, whatever stands before its JSON.
     *
     * @return null when it is no line about a request
     */
    public static @Nullable LoggedRequest read(String line) {
        int begin = line.indexOf(BEGIN);
        if (begin < 0) {
            return null;
        }
        try (JsonParser parser = JSON.createParser(line.substring(begin))) {
            Map<String, String> fields = fields(parser);
            String method = fields.get("method");
            String path = fields.get("path");
            if (method == null || path == null) {
                return null;
            }
            return new LoggedRequest(
                    method,
                    path,
                    Integer.parseInt(fields.getOrDefault("status", "")),
                    Long.parseLong(fields.getOrDefault("bytes_in", "0")),
                    new Outcome(
                            fields.get("route"), fields.get("server"), fields.get("authorizer"), fields.get("code")));
        } catch (IOException | NumberFormatException brokenOff) {
            return null;
        }
    }

    private static Map<String, String> fields(JsonParser parser) throws IOException {
        Map<String, String> fields = new HashMap<>();
        parser.nextToken();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (value.isStructStart()) {
                parser.skipChildren();
            } else if (value != JsonToken.VALUE_NULL) {
                fields.put(name, parser.getText());
            }
        }
        return fields;
    }
}
