package multicloud.gateway.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a command is started with: results go to {@code out}, everything said to a person to {@code err}.
 *
 * @param environment the variables
 * @param home the project's folder, where the samples are
 * @param person what somebody types who looks at {@code out}; null where that is no terminal
 */
record Console(
        PrintStream out,
        PrintStream err,
        Map<String, String> environment,
        Path home,
        @Nullable BufferedReader person) {
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
                keyboard(System.console()));
    }

    private static @Nullable BufferedReader keyboard(java.io.@Nullable Console console) {
        return console != null && console.isTerminal() ? new BufferedReader(console.reader()) : null;
    }

    /** Whether a person looks at {@code out}. */
    boolean terminal() {
        return person != null;
    }

    /** Whether the person there agrees; where none is, nobody is asked, and what was asked for is done. */
    boolean agrees(String question) {
        if (person == null) {
            return true;
        }
        err.print(question + " [y/N] ");
        err.flush();
        try {
            String answer = person.readLine();
            return answer != null && answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
        } catch (IOException gone) {
            return false;
        }
    }

    /** How many columns the terminal has: what {@code COLUMNS} says, or 80. */
    int width() {
        String columns = environment.getOrDefault("COLUMNS", "");
        return columns.matches("[1-9][0-9]{0,3}") ? Math.max(LEAST_WIDTH, Integer.parseInt(columns)) : USUAL_WIDTH;
    }

    /** Colours where a person sees them and has not asked for none (https://no-color.org). */
    Style style() {
        boolean plain = environment.getOrDefault("NO_COLOR", "").isEmpty();
        return new Style(terminal() && plain && !"dumb".equals(environment.get("TERM")));
    }
}
