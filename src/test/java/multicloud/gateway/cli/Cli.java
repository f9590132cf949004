package multicloud.gateway.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.Reader;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The command line in this process, its output captured. */
final class Cli implements AutoCloseable {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Console console;
    private Thread running;
    private volatile int exit = -1;

    private Cli(Map<String, String> environment, @Nullable Reader typed) {
        console = new Console(
                new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8),
                environment,
                Path.of("").toAbsolutePath(),
                typed == null ? null : new BufferedReader(typed));
    }

    static Cli in(Map<String, String> environment) {
        return new Cli(environment, null);
    }

    static Cli onTerminal(Map<String, String> environment) {
        return onTerminal(environment, "");
    }

    /** A terminal where somebody types this. */
    static Cli onTerminal(Map<String, String> environment, String typed) {
        return onTerminal(environment, new StringReader(typed));
    }

    static Cli onTerminal(Map<String, String> environment, Reader typed) {
        return new Cli(environment, typed);
    }

    /** What a command has said, and its exit code. */
    record Said(int exit, String out, String err) {}

    static Said run(Object... args) {
        return in(Map.of()).with(args);
    }

    Said with(Object... args) {
        exit = Main.run(console, List.of(args).stream().map(Object::toString).toArray(String[]::new));
        return new Said(exit, out(), err());
    }

    /** Starts a command that goes on until it is closed. */
    Cli start(Object... args) {
        running = Thread.ofPlatform().start(() -> with(args));
        return this;
    }

    String out() {
        return out.toString(UTF_8);
    }

    String err() {
        return err.toString(UTF_8);
    }

    /** Waits until what was said on stdout has this in it, and returns its first group. */
    String await(String pattern) {
        return await(pattern, false);
    }

    String awaitErr(String pattern) {
        return await(pattern, true);
    }

    private String await(String pattern, boolean onErr) {
        Pattern wanted = Pattern.compile(pattern);
        long end = System.nanoTime() + 20_000_000_000L;
        while (System.nanoTime() < end) {
            Matcher matcher = wanted.matcher(onErr ? err() : out());
            if (matcher.find()) {
                return matcher.groupCount() == 0 ? matcher.group() : matcher.group(1);
            }
            Thread.onSpinWait();
        }
        throw new AssertionError("no " + pattern + " in:\n" + out() + "\n" + err());
    }

    @Override
    public void close() {
        running.interrupt();
        try {
            running.join(20_000);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        if (running.isAlive()) {
            throw new AssertionError("the command did not end");
        }
    }
}
