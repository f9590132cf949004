package multicloud.gateway.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.util.Properties;
import java.util.concurrent.Callable;
import multicloud.gateway.UndecidedException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line: {@code gateway COMMAND …}. Usage errors exit with 2, refused configs with 1. */
@Command(
        name = "gateway",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        description = "One declarative API gateway for backends on any cloud.")
public final class Main implements Callable<Integer> {
    /** A config was refused, or a command could not do what it was asked. */
    static final int REFUSED = 1;

    /** The command line is wrong, or a file cannot be read. */
    static final int USAGE = 2;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private Main() {}

    public static void main(String[] args) {
        System.exit(run(Console.system(), args));
    }

    /** Runs a command and returns its exit code. */
    static int run(Console console, String... args) {
        CommandLine line = new CommandLine(new Main());
        line.addSubcommand(new Demo(console));
        line.addSubcommand(new Serve(console));
        line.addSubcommand(new Check(console));
        line.addSubcommand(new Routes(console));
        line.addSubcommand(new Explain(console));
        line.addSubcommand(new RouteMap(console));
        line.addSubcommand(new Invoke(console));
        line.addSubcommand(new Diff(console));
        line.addSubcommand(new Replay(console));
        line.addSubcommand(new Publish(console));
        line.addSubcommand(new History(console));
        line.addSubcommand(new Rollback(console));
        line.addSubcommand(new Key(console));
        line.setOut(new PrintWriter(console.out(), true, UTF_8));
        line.setErr(new PrintWriter(console.err(), true, UTF_8));
        line.setColorScheme(CommandLine.Help.defaultColorScheme(console.style().on() ? Ansi.ON : Ansi.OFF));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionExceptionHandler((thrown, command, parsed) -> {
            if (thrown instanceof UndecidedException undecided) {
                command.getErr().println(undecided.getMessage());
                return command.getCommandSpec().exitCodeOnExecutionException();
            }
            throw thrown;
        });
        return line.execute(args);
    }

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "Which command? They are listed below.");
    }

    /** The version this was built as. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() throws IOException {
            Properties properties = new Properties();
            try (InputStream in = Main.class.getResourceAsStream("version.properties")) {
                properties.load(in);
            }
            return new String[] {"gateway " + properties.getProperty("version")};
        }
    }
}
