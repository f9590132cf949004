package multicloud.gateway.cli;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import multicloud.gateway.Explanation;
import multicloud.gateway.Gateway;
import multicloud.gateway.config.Reading;
import multicloud.gateway.http.Body;
import multicloud.gateway.http.Client;
import multicloud.gateway.http.Deadline;
import multicloud.gateway.http.Exchange;
import multicloud.gateway.http.FieldText;
import multicloud.gateway.http.Grammar;
import multicloud.gateway.http.Headers;
import multicloud.gateway.http.Request;
import multicloud.gateway.http.RequestTarget;
import multicloud.gateway.http.Ticker;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code explain}: says what would become of a request, and why. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        description = {
            "Says what would become of a request, and why, without calling anybody.",
            "Tokens are not verified: it is what somebody gets who is let in. What cannot be known beforehand is shown as the"
                    + " config has it, secrets as ***."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:explained, whatever the answer", "1:the config is refused or cannot be read"})
final class Explain implements Callable<Integer> {
    private final Console console;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "FILE", description = "A config file.")
    private String file = "";

    @Parameters(index = "1", paramLabel = "METHOD", description = "The request's method, in upper case.")
    private String method = "";

    @Parameters(index = "2", paramLabel = "PATH-AND-QUERY", description = "As it stands in a request line: /v1/42?a=1")
    private String target = "";

    @Option(
            names = "-H",
            paramLabel = "'name: value'",
            description = "A header of the request, once for each. 'host: …' is the host that was asked for.")
    private List<String> fields = List.of();

    @Option(names = "--json", description = "As JSON.")
    private boolean json;

    Explain(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        Exchange exchange = exchange();
        Reading reading = Documents.read(file, console.err());
        return switch (reading) {
            case null -> Main.REFUSED;
            case Reading.Refused refused -> {
                Documents.print(file, refused.problems(), console.err());
                yield Main.REFUSED;
            }
            case Reading.Accepted accepted -> {
                print(Gateway.forExplaining(accepted.config()).explain(exchange));
                yield 0;
            }
        };
    }

    private void print(Explanation explanation) throws IOException {
        if (json) {
            console.out().println(ExplanationJson.of(explanation));
        } else {
            new ExplanationScreen(console.style())
                    .lines(method, RequestTarget.parse(target), explanation)
                    .forEach(console.out()::println);
        }
    }

    /** The request as an edge would have begun it, had somebody sent it. */
    private Exchange exchange() {
        Headers headers = headers();
        Request request = new Request(method, RequestTarget.parse(target), headers, Body.absent());
        Client client = new Client("$request.ip", "https", headers.first("host"), 443);
        return Exchange.begin(request, "$request.id", client, Deadline.after(Duration.ofMinutes(1), Ticker.SYSTEM));
    }

    private Headers headers() {
        Headers.Builder headers = Headers.builder();
        for (String field : fields) {
            int colon = field.indexOf(':');
            String name = field.substring(0, Math.max(0, colon));
            String value = field.substring(colon + 1).strip();
            if (!Grammar.isToken(name) || !FieldText.isValue(value)) {
                throw new ParameterException(spec.commandLine(), "-H takes 'name: value', not '" + field + "'");
            }
            headers.add(name, bytes(value));
        }
        return headers.build();
    }

    private String bytes(String value) {
        try {
            return FieldText.toBytes(value);
        } catch (CharacterCodingException e) {
            throw new ParameterException(spec.commandLine(), "-H takes text, not '" + value + "'", e);
        }
    }
}
