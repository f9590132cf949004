package multicloud.gateway.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What a command is started with: results go to {@code out}, everything said to a person to {@code err}.
 *
 * @param environment the variables
 * @param home the project's folder, where the samples are
 * @param terminal whether {@code out} is a terminal a person looks at
 */
record Console(PrintStream out, PrintStream err, Map<String, String> environment, Path home, boolean terminal) {
    Console {
        environment = Map.copyOf(environment);
    }

    /** The process's own. */
    static Console system() {
        return new Console(
                System.out,
                System.err,
                System.getenv(),
                Path.of(System.getProperty("gateway.home", "")),
                Optional.ofNullable(System.console())
                        .map(java.io.Console::isTerminal)
                        .orElse(false));
    }

    /** Colours where a person sees them and has not asked for none (https://no-color.org). */
    Style style() {
        boolean plain = environment.getOrDefault("NO_COLOR", "").isEmpty();
        return new Style(terminal && plain && !"dumb".equals(environment.get("TERM")));
    }
}
