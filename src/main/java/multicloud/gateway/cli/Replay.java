package multicloud.gateway.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import multicloud.gateway.cli.replay.LoggedRequest;
import multicloud.gateway.cli.replay.Replayer;
import multicloud.gateway.config.GatewayConfig;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code replay}: says which requests of an access log a document would answer otherwise. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = {
            "Says which requests of an access log a config would answer otherwise, without calling anybody:",
            "another route, another server, 404, or other people let in.",
            "The log has no query and no headers: where a route asks for some, a request may be one that cannot be told."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:none would be",
            "1:some would be",
            "2:the config is refused, or the log cannot be read or has no request"
        })
final class Replay implements Callable<Integer> {
    private static final int DIFFERENT = 1;
    private static final int TROUBLE = 2;

    private final Console console;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            index = "0",
            paramLabel = "LOG",
            description = "The gateway's log: lines that are no request are passed over. /dev/stdin is a pipe.")
    private String log = "";

    @Parameters(
            index = "1",
            paramLabel = "FILE",
            description = "A config file, or an object: s3://BUCKET/KEY[@VERSION]")
    private String file = "";

    @Option(names = "--json", description = "As JSON.")
    private boolean json;

    Replay(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        Place place = Place.parse(file, spec);
        GatewayConfig config = Documents.compared(place, console);
        ReplayTally tally = config == null ? null : replayed(new Replayer(config));
        if (tally == null) {
            return TROUBLE;
        }
        if (tally.total() == 0) {
            console.err().println(log + ": there is no line about a request in it");
            return TROUBLE;
        }
        if (json) {
            console.out().println(tally.json());
        } else {
            tally.lines(console.style()).forEach(console.out()::println);
        }
        console.err().println(tally.summary());
        return tally.different() == 0 ? 0 : DIFFERENT;
    }

    /** Null when the log cannot be read, which has been said then. */
    private @Nullable ReplayTally replayed(Replayer replayer) {
        ReplayTally tally = new ReplayTally();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Files.newInputStream(Path.of(log)), UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPLACE)))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                LoggedRequest request = LoggedRequest.read(line);
                if (request != null) {
                    tally.add(request, replayer.replay(request));
                }
            }
            return tally;
        } catch (IOException e) {
            console.err().println(log + ": " + Documents.reason(e));
            return null;
        }
    }
}
