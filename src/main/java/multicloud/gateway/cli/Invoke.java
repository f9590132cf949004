package multicloud.gateway.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import multicloud.gateway.http.Ticker;
import multicloud.gateway.lambda.FunctionUrlHandler;
import multicloud.gateway.lambda.UnknownEventException;
import multicloud.gateway.source.LiveGateway;
import multicloud.gateway.source.LiveGateway.Status;
import multicloud.gateway.source.Settings;
import multicloud.gateway.telemetry.AccessLog;
import multicloud.gateway.telemetry.LogSink;
import multicloud.gateway.transport.SocketTransport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code invoke}: one event of a function URL through the Lambda handler. */
@Command(
        name = "invoke",
        mixinStandardHelpOptions = true,
        description = {
            "Answers one event of a function URL as the Lambda function would.",
            "The result is one line of JSON on stdout; log lines go to stderr."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:answered, whatever the status",
            "1:no event of a function URL, or the config is refused",
            "2:the event cannot be read"
        })
final class Invoke implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "EVENT.json", description = "The event, as Lambda hands it over.")
    private String event = "";

    @Mixin
    private ConfigOption config = new ConfigOption();

    Invoke(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        Settings settings = config.settings(console);
        byte[] bytes = Documents.bytes(event, console.err());
        if (bytes == null) {
            return Main.USAGE;
        }
        LogSink log = (line, length) -> console.err().write(line, 0, length);
        try (SocketTransport transport =
                        SocketTransport.system(settings.environment().get("AWS_LAMBDA_RUNTIME_API"));
                LiveGateway live = LiveGateway.open(settings, transport, log, InstantSource.system())) {
            if (live.status() instanceof Status.Refused(var problems)) {
                problems.forEach(problem -> console.err().println(config.name(console) + ":" + problem));
                return Main.REFUSED;
            }
            return answer(bytes, live, log);
        }
    }

    private int answer(byte[] bytes, LiveGateway live, LogSink log) throws IOException {
        AccessLog access = new AccessLog(log, InstantSource.system());
        FunctionUrlHandler handler = new FunctionUrlHandler(live, access, Ticker.SYSTEM);
        ByteArrayOutputStream result = new ByteArrayOutputStream();
        try {
            handler.handleRequest(new ByteArrayInputStream(bytes), result, null);
        } catch (UnknownEventException e) {
            console.err().println(event + ": " + e.getMessage());
            return Main.REFUSED;
        }
        console.out().println(result.toString(UTF_8));
        return 0;
    }
}
