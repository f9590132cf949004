package multicloud.gateway.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The page of a map: one file, whose policy lets its own script and style run, and nothing be fetched or sent (Content Security Policy
 * Level 3).
 */
final class MapPage {
    private static final List<String> SCRIPTS =
            List.of("request.js", "routing.js", "explain.js", "picture.js", "links.js", "details.js", "page.js");
    private static final Pattern PLACE = Pattern.compile("\\{\\{([a-z]+)}}");

    private MapPage() {}

    /** The page with this table in it, which is JSON. */
    static String with(String table) throws IOException {
        StringBuilder script = new StringBuilder();
        for (String name : SCRIPTS) {
            script.append(resource(name));
        }
        String style = resource("page.css");
        String policy = "default-src 'none'; script-src " + hash(script.toString()) + "; style-src " + hash(style)
                + "; base-uri 'none'; form-action 'none'";
        Map<String, String> parts =
                Map.of("policy", policy, "style", style, "table", withoutMarkup(table), "script", script.toString());
        Matcher place = PLACE.matcher(resource("page.html"));
        return place.replaceAll(found -> Matcher.quoteReplacement(parts.getOrDefault(found.group(1), "")));
    }

    /** JSON that no HTML parser finds an end or a comment in: only its strings can have a less-than sign. */
    private static String withoutMarkup(String json) {
        return json.replace("<", "\\u003c");
    }

    private static String hash(String content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = MapPage.class.getResourceAsStream("map/" + name)) {
            if (in == null) {
                throw new FileNotFoundException(name);
            }
            return new String(in.readAllBytes(), UTF_8);
        }
    }
}
