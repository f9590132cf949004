package multicloud.gateway.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that says who writes a document. It is kept beside the object for who looks later, and proves nothing. */
final class Author {
    private static final List<String> NAMES = List.of("GITHUB_ACTOR", "GITLAB_USER_LOGIN", "USER", "USERNAME");
    private static final int LONGEST = 100;

    @Option(
            names = "--by",
            paramLabel = "NAME",
            description =
                    "Who publishes, for history. Default: the pipeline's user (GITHUB_ACTOR, GITLAB_USER_LOGIN), or yours.")
    private @Nullable String by;

    /** The name as it can stand in a field. */
    String name(Console console) {
        String name = by;
        for (String variable : NAMES) {
            if (name == null || name.isBlank()) {
                name = console.environment().get(variable);
            }
        }
        if (name == null || name.isBlank()) {
            return "unknown";
        }
        String plain = name.strip().replaceAll("[^ -~]", "?");
        return plain.substring(0, Math.min(LONGEST, plain.length()));
    }
}
