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
    private static final int USUAL_WIDTH = 80;
    private static final int LEAST_WIDTH = 40;

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

    /** How many columns the terminal has: what {@code COLUMNS} says, or 80. */
    int width() {
        String columns = environment.getOrDefault("COLUMNS", "");
        return columns.matches("[1-9][0-9]{0,3}") ? Math.max(LEAST_WIDTH, Integer.parseInt(columns)) : USUAL_WIDTH;
    }

    /** Colours where a person sees them and has not asked for none (https://no-color.org). */
    Style style() {
        boolean plain = environment.getOrDefault("NO_COLOR", "").isEmpty();
        return new Style(terminal && plain && !"dumb".equals(environment.get("TERM")));
    }
}
