package multicloud.gateway.cli;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import multicloud.gateway.config.AuthorizerConfig;
import multicloud.gateway.config.ConfigReader;
import multicloud.gateway.config.Problem.Severity;
import multicloud.gateway.config.Reading;
import multicloud.gateway.config.References;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code check}: prints every problem of every file. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = {
            "Prints every problem of every config file, one a line.",
            "On a terminal the line of the file stands below, with a caret under the place.",
            "With --residency, proves instead which targets the requests of each path with a residency may reach."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:no errors", "1:some file has an error, or no proof", "2:some file cannot be read"})
final class Check implements Callable<Integer> {
    private final Console console;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Config files.")
    private List<String> files = List.of();

    @Option(
            names = "--resolve",
            description = "Look references to the environment and to secrets up as well, as serve and the function do.")
    private boolean resolve;

    @Option(
            names = "--residency",
            description =
                    "Print the proof of every residency: which targets may be reached, and where they are said to lie.")
    private boolean residency;

    @Option(names = "--json", description = "With --residency: as JSON.")
    private boolean json;

    @Spec
    private @Nullable CommandSpec spec;

    Check(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        if (json && !residency && spec != null) {
            throw new ParameterException(spec.commandLine(), "--json is for --residency");
        }
        int exit = 0;
        for (String file : files) {
            exit = Math.max(exit, check(file));
        }
        return exit;
    }

    private int check(String file) throws IOException {
        byte[] bytes = Documents.bytes(file, console.err());
        if (bytes == null) {
            return Main.USAGE;
        }
        References environment = (kind, name) -> console.environment().get(name);
        Reading reading = ConfigReader.read(bytes, resolve ? environment : References.UNRESOLVED);
        return residency ? prove(file, reading) : check(file, bytes, reading);
    }

    private int check(String file, byte[] bytes, Reading reading) {
        if (console.terminal()) {
            new ProblemScreen(console).print(file, bytes, reading.problems());
        } else {
            Documents.print(file, reading.problems(), console.out());
        }
        return switch (reading) {
            case Reading.Accepted accepted -> {
                console.err().println(file + ": good, " + counted(accepted));
                accepted.config().authorizers().forEach(authorizer -> note(file, authorizer));
                yield 0;
            }
            case Reading.Refused refused -> {
                if (console.terminal()) {
                    console.err().println(file + ": refused, " + counted(refused));
                }
                yield Main.REFUSED;
            }
        };
    }

    private int prove(String file, Reading reading) throws IOException {
        if (!(reading instanceof Reading.Accepted accepted)) {
            Documents.print(file, reading.problems(), console.err());
            return Main.REFUSED;
        }
        ResidencyProof proof = ResidencyProof.of(accepted.config());
        if (json) {
            console.out().println(proof.json());
        } else {
            proof.lines(console.style()).forEach(console.out()::println);
        }
        return proof.holds() ? 0 : Main.REFUSED;
    }

    /** What an authorizer needs that no document can say. */
    private void note(String file, AuthorizerConfig authorizer) {
        if (authorizer instanceof AuthorizerConfig.Iam) {
            console.err()
                    .println(file + ": the authorizer \"" + authorizer.alias()
                            + "\" needs a function URL of type AWS_IAM (UrlAuthType of template.yaml), and callers that"
                            + " may call it (lambda:InvokeFunctionUrl and lambda:InvokeFunction); on serve it lets in"
                            + " nobody");
        }
    }

    private static String counted(Reading.Accepted accepted) {
        int paths = accepted.config().paths().size();
        int servers = accepted.config().servers().size();
        return counted(paths, "path") + ", " + counted(servers, "server");
    }

    private static String counted(Reading.Refused refused) {
        int problems = refused.problems().size();
        int errors = (int) refused.problems().stream()
                .filter(problem -> problem.severity() == Severity.ERROR)
                .count();
        String warnings = errors == problems ? "" : ", " + counted(problems - errors, "warning");
        return counted(errors, "error") + warnings;
    }

    private static String counted(int count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }
}
