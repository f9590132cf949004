package multicloud.gateway.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import multicloud.gateway.cli.Listener.Unavailable;
import multicloud.gateway.cli.StandInCloud.About;
import multicloud.gateway.local.LocalServer;
import multicloud.gateway.local.RequestLog;
import multicloud.gateway.source.LiveGateway;
import multicloud.gateway.source.Settings;
import multicloud.gateway.transport.SocketTransport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code demo}: the gateway in front of three stand-in clouds, with a config to play with. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = {
            "Starts three stand-in clouds and the gateway in front of them, says what to try, and runs until Ctrl-C.",
            "Its config is written anew at each start; nothing outside this machine is called."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"1:there is no such port, or no sample", "130, 143:ended by a signal"})
final class Demo implements Callable<Integer> {
    private static final int DEFAULT_PORT = 8080;
    private static final int SWITCH_PORT = 8084;

    private final List<StandInCloud> clouds = List.of(
            new StandInCloud(new About("aws", "Amazon Web Services", "eu-west-1", 8081)),
            new StandInCloud(new About("gcp", "Google Cloud", "europe-west1", 8082)),
            new StandInCloud(new About("azure", "Microsoft Azure", "westeurope", 8083)));
    private final Console console;

    @Option(names = "--port", paramLabel = "PORT", description = "Default: 8080; 0 takes a free one.")
    private int port = DEFAULT_PORT;

    Demo(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        try (Service service = new Service()) {
            DemoVoice voice = new DemoVoice(console.out(), console.style(), InstantSource.system());
            SocketTransport transport = SocketTransport.system(null);
            service.atEnd(transport::close);
            // The port comes first: whoever has it has the config file that is named after it.
            CompletableFuture<LiveGateway> gateway = new CompletableFuture<>();
            Listener listener = new Listener("127.0.0.1", port);
            LocalServer server = listener.start(exchange -> gateway.join().handle(exchange), voice);
            service.atEnd(() -> server.drain(Service.DRAIN));
            Path config = writeConfig(service, server.port());
            Settings settings = new Settings(
                    Map.of("GATEWAY_CONFIG_URI", config.toAbsolutePath().toString()), console.home());
            LiveGateway live = LiveGateway.open(settings, transport, (line, length) -> {}, InstantSource.system());
            service.atEnd(live::close);
            gateway.complete(live);
            introduce(listener.url(server), cloudSwitch(service, voice), config);
            DemoWatch watch = new DemoWatch(live, config, voice);
            service.everySecond("look", () -> {
                watch.look();
                voice.tick();
            });
            service.await();
            return 0;
        } catch (Unavailable e) {
            console.err().println(e.getMessage());
            return Main.REFUSED;
        } catch (NoSuchFileException e) {
            console.err().println("there is no sample " + e.getMessage() + ": run ./gateway from a checkout");
            return Main.REFUSED;
        } catch (IOException e) {
            console.err().println("cannot write the demo's config: " + e.getMessage());
            return Main.REFUSED;
        }
    }

    /** Starts the clouds and writes the sample with their ports to where the reader may edit it. */
    private Path writeConfig(Service service, int ownPort) throws IOException, Unavailable {
        String text = Files.readString(console.home().resolve("samplesconfig").resolve("demo.json"));
        for (StandInCloud cloud : clouds) {
            cloud.start();
            service.atEnd(cloud::close);
            text = text.replace("127.0.0.1:" + cloud.usualPort() + "\"", "127.0.0.1:" + cloud.port() + "\"");
        }
        Path file = console.home()
                .resolve("demo")
                .resolve(ownPort == DEFAULT_PORT ? "gateway.json" : "gateway-" + ownPort + ".json");
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, text);
        return shown(file);
    }

    /** Starts what turns clouds off and on, and returns its address. */
    private String cloudSwitch(Service service, DemoVoice voice) throws Unavailable {
        CloudSwitch handler = new CloudSwitch(clouds, voice);
        Listener listener = new Listener("127.0.0.1", SWITCH_PORT);
        LocalServer server;
        try {
            server = listener.start(handler, RequestLog.NONE);
        } catch (Unavailable taken) {
            server = new Listener("127.0.0.1", 0).start(handler, RequestLog.NONE);
        }
        service.atEnd(server::close);
        return listener.url(server);
    }

    /** The file's path as a person in the caller's folder would type it. */
    private static Path shown(Path file) {
        Path folder = Path.of("").toAbsolutePath();
        Path absolute = file.toAbsolutePath().normalize();
        return absolute.startsWith(folder) ? folder.relativize(absolute) : absolute;
    }

    private void introduce(String url, String clouds, Path config) {
        PrintStream out = console.out();
        Style style = console.style();
        out.println();
        out.println("  " + style.bold("Multicloud Gateway")
                + style.dim("   one address, three clouds (stand-ins on this machine)"));
        out.println();
        way("/orders/{id} ", "aws", "eu-west-1", "gcp");
        way("/search      ", "gcp", "europe-west1", "azure");
        way("/invoices/…  ", "azure", "westeurope", "aws");
        out.println("    /health       → " + style.dim("answered by the gateway itself"));
        out.println();
        out.println("  " + style.bold("Try"));
        for (String target : List.of("/orders/42", "/search?q=shoes", "/invoices/2026/7", "/nowhere")) {
            out.println("    " + style.cyan("curl -i '" + url + target + "'"));
        }
        out.println();
        out.println("  " + style.bold("Stop a cloud")
                + ", and every request is still answered; start it, and within 3 s its requests return:");
        out.println("    " + style.cyan("curl -X POST " + clouds + "/stop/aws"));
        out.println("    " + style.cyan("for i in $(seq 20); do curl -s '" + url + "/orders/'$i; done"));
        out.println("    " + style.cyan("curl -X POST " + clouds + "/start/aws"));
        out.println();
        out.println("  " + style.bold("Move /orders from aws to gcp") + " while you go on asking. Edit "
                + style.bold(config.toString()) + ", or:");
        out.println("    " + style.cyan("sed -i.bak '/orders/s/\"aws\"/\"gcp\"/' " + config));
        out.println(
                "  "
                        + style.dim(
                                "A file is looked at once a second. Break it, and the one before goes on answering. The demo begins anew each time."));
        out.println();
        out.println("  " + style.green("ready") + " on " + style.bold(url) + style.dim("   Ctrl-C ends all of it"));
        out.println();
        out.flush();
    }

    private void way(String path, String cloud, String region, String next) {
        Style style = console.style();
        console.out()
                .println("    " + path + " → " + DemoVoice.coloured(style, cloud)
                        + style.dim(" ".repeat(8 - cloud.length()) + region + " ".repeat(14 - region.length()) + "or "
                                + next + " while it fails"));
    }
}
