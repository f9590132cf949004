package multicloud.gateway.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.InstantSource;
import java.util.concurrent.Callable;
import multicloud.gateway.cli.Listener.Unavailable;
import multicloud.gateway.http.Body;
import multicloud.gateway.http.Exchange;
import multicloud.gateway.http.Headers;
import multicloud.gateway.http.Response;
import multicloud.gateway.local.LocalServer;
import multicloud.gateway.local.LogStream;
import multicloud.gateway.local.RequestLog;
import multicloud.gateway.source.LiveGateway;
import multicloud.gateway.source.LiveGateway.Status;
import multicloud.gateway.source.Settings;
import multicloud.gateway.telemetry.AccessLog;
import multicloud.gateway.transport.SocketTransport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code serve}: the gateway as a plain HTTP server. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description = {
            "Runs the gateway as a plain HTTP server until a signal ends it.",
            "A changed config is picked up while it runs. Log lines go to stderr."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"1:the config is refused, or there is no such port", "130, 143:ended by a signal"})
final class Serve implements Callable<Integer> {
    private final Console console;

    @Mixin
    private ConfigOption config = new ConfigOption();

    @Option(names = "--host", paramLabel = "HOST", description = "Where to listen. Default: 127.0.0.1.")
    private String host = "127.0.0.1";

    @Option(names = "--port", paramLabel = "PORT", description = "Default: 8080; 0 takes a free one.")
    private int port = 8080;

    @Option(
            names = "--health-port",
            paramLabel = "PORT",
            description = "Answers /live with 200, and /ready with 200 or, without a config or while ending, 503.")
    private @Nullable Integer healthPort;

    Serve(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Settings settings = config.settings(console);
        try (Service service = new Service()) {
            LogStream log = LogStream.to(console.err());
            service.atEnd(log::close);
            SocketTransport transport =
                    SocketTransport.system(settings.environment().get("AWS_LAMBDA_RUNTIME_API"));
            service.atEnd(transport::close);
            LiveGateway live = LiveGateway.open(settings, transport, log, InstantSource.system());
            service.atEnd(live::close);
            if (live.status() instanceof Status.Refused(var problems)) {
                problems.forEach(problem -> console.err().println(config.name(console) + ":" + problem));
                return Main.REFUSED;
            }
            start(live, log, service);
            service.await();
            return 0;
        } catch (Unavailable e) {
            console.err().println(e.getMessage());
            return Main.REFUSED;
        }
    }

    private void start(LiveGateway live, LogStream log, Service service) throws Unavailable {
        AccessLog access = new AccessLog(log, InstantSource.system());
        Listener listener = new Listener(host, port);
        LocalServer server = listener.start(live, access::write);
        if (healthPort != null) {
            LocalServer health =
                    new Listener(host, healthPort).start(exchange -> health(exchange, live, server), RequestLog.NONE);
            service.atEnd(health::close);
        }
        service.atEnd(() -> server.drain(Service.DRAIN));
        service.everySecond("look", live::look);
        if (live.status() instanceof Status.Unreachable(String reason)) {
            console.err().println("no config yet (" + reason + "): answering 503 until there is one");
        }
        console.out().println("listening on " + listener.url(server));
        console.out().flush();
    }

    private static Response health(Exchange exchange, LiveGateway live, LocalServer server) {
        return switch (exchange.request().target().path()) {
            case "/live" -> health(200, "live");
            case "/ready" -> live.ready() && !server.isDraining() ? health(200, "ready") : health(503, "not ready");
            default -> health(404, "ask for /live or /ready");
        };
    }

    private static Response health(int status, String word) {
        byte[] json = ("{\"status\":\"" + word + "\"}").getBytes(US_ASCII);
        return new Response(status, Headers.of("content-type", "application/json"), Body.of(json));
    }
}
