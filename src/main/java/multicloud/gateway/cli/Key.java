package multicloud.gateway.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import multicloud.gateway.http.JsonBytes;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code key}: makes an API key. */
@Command(
        name = "key",
        mixinStandardHelpOptions = true,
        description = {
            "Makes an API key: on stdout the key, which is shown this once, and below it",
            "its entry for \"keys\" of an authorizer of type api_key."
        })
final class Key implements Callable<Integer> {
    /** What finds a key that has got into a repository or a log. */
    private static final String PREFIX = "mgk_";

    private static final int RANDOM_BYTES = 32;
    private static final int DIGITS_SHOWN = 8;

    private final Console console;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--id",
            paramLabel = "ID",
            description = "The key's holder. Default: key- and the beginning of its digest.")
    private @Nullable String id;

    @Option(names = "--scope", paramLabel = "SCOPE", description = "What the holder may do; once for each scope.")
    private List<String> scopes = List.of();

    Key(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (id != null && id.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "--id takes a name, not an empty text");
        }
        for (String scope : scopes) {
            if (!scope.matches("[!#-\\[\\]-~]+")) {
                throw new ParameterException(
                        spec.commandLine(), "--scope takes a word without spaces, quotes and backslashes: " + scope);
            }
        }
        byte[] random = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(random);
        String key = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        console.out().println(key);
        console.out().println(entry(sha256(key)));
        console.err().println("The first line is the key: hand it over and keep no copy, nobody can show it again.");
        console.err().println("The second is its entry for \"keys\" of an authorizer of type \"api_key\".");
        return 0;
    }

    private String entry(String sha256) {
        String holder = id == null ? "key-" + sha256.substring(0, DIGITS_SHOWN) : id;
        JsonBytes json = new JsonBytes(256, 1 << 20);
        json.object();
        json.name("id").value(holder);
        json.name("sha256").value(sha256);
        if (!scopes.isEmpty()) {
            json.name("scopes").array();
            scopes.forEach(json::value);
            json.endArray();
        }
        json.endObject();
        return new String(json.bytes(), 0, json.length(), UTF_8);
    }

    private static String sha256(String key) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(key.getBytes(US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
