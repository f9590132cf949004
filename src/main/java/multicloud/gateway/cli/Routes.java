package multicloud.gateway.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import multicloud.gateway.config.AuthConfig;
import multicloud.gateway.config.GatewayConfig;
import multicloud.gateway.config.PathConfig;
import multicloud.gateway.config.PathConfig.HttpProxy;
import multicloud.gateway.config.PathConfig.LoginStep;
import multicloud.gateway.config.PathConfig.MatchConfig;
import multicloud.gateway.config.PathConfig.RouteConfig;
import multicloud.gateway.config.PathConfig.StaticAnswer;
import multicloud.gateway.config.PathConfig.SupabaseStep;
import multicloud.gateway.config.Reading;
import multicloud.gateway.route.RoutePrecedence;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code routes}: prints the routes of a document in order of precedence. */
@Command(
        name = "routes",
        mixinStandardHelpOptions = true,
        description = "Prints the routes in the order in which they are tried.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:printed", "1:the config is refused or cannot be read"})
final class Routes implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "FILE", description = "A config file.")
    private String file = "";

    @Option(names = "--json", description = "As JSON.")
    private boolean json;

    Routes(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        Reading reading = Documents.read(file, console.err());
        return switch (reading) {
            case null -> Main.REFUSED;
            case Reading.Refused refused -> {
                Documents.print(file, refused.problems(), console.err());
                yield Main.REFUSED;
            }
            case Reading.Accepted accepted -> {
                print(accepted.config());
                yield 0;
            }
        };
    }

    private void print(GatewayConfig config) throws IOException {
        List<PathConfig> paths = new ArrayList<>(config.paths());
        paths.sort(RoutePrecedence.order());
        PrintStream out = console.out();
        if (json) {
            out.println(json(paths));
        } else {
            table(paths).lines(console.style()).forEach(out::println);
        }
    }

    private static Table table(List<PathConfig> paths) {
        Table table = new Table("METHOD", "PATH", "IF", "AUTH", "GOES TO", "WITHIN");
        for (PathConfig path : paths) {
            table.row(
                    String.join(" ", path.route().methods()),
                    path.route().pattern().text(),
                    conditions(path.route().match()),
                    path.policies().access().auth() == null
                            ? "-"
                            : path.policies().access().auth().authorizer(),
                    end(path),
                    path.policies().access().residency() == null
                            ? ""
                            : String.join(" ", path.policies().access().residency()));
        }
        return table;
    }

    /** A path as messages name it. */
    static String name(RouteConfig route, int index) {
        return Glyph.shown(
                String.join(" ", route.methods()) + " " + route.pattern().text() + "  (/paths/" + index + ")");
    }

    private static String end(PathConfig path) {
        return switch (path.integration()) {
            case HttpProxy proxy ->
                proxy.rewrite() == null
                        ? proxy.server()
                        : proxy.server() + " " + proxy.rewrite().text();
            case LoginStep step -> step.type() + " " + step.authorizer();
            case SupabaseStep step -> step.type();
            case StaticAnswer answer -> "answer " + answer.status();
        };
    }

    private static String conditions(MatchConfig match) {
        List<String> all = new ArrayList<>();
        if (!match.hosts().isEmpty()) {
            all.add("host " + String.join("|", match.hosts()));
        }
        new TreeMap<>(match.headers()).forEach((name, value) -> all.add(name + ": " + value));
        new TreeMap<>(match.query()).forEach((name, value) -> all.add("?" + name + "=" + value));
        return String.join(", ", all);
    }

    private static String json(List<PathConfig> paths) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = new JsonFactory().createGenerator(text)) {
            out.setPrettyPrinter(new DefaultPrettyPrinter());
            out.writeStartArray();
            for (PathConfig path : paths) {
                write(path, out);
            }
            out.writeEndArray();
        }
        return text.toString();
    }

    private static void write(PathConfig path, JsonGenerator out) throws IOException {
        out.writeStartObject();
        out.writeNumberField("index", path.index());
        writeAll("method", path.route().methods(), out);
        out.writeStringField("path", path.route().pattern().text());
        writeMatch(path.route().match(), out);
        AuthConfig auth = path.policies().access().auth();
        out.writeStringField("auth", auth == null ? null : auth.authorizer());
        switch (path.integration()) {
            case HttpProxy proxy -> writeEnd("http_proxy", proxy.server(), out);
            case LoginStep step -> writeEnd(step.type(), null, out);
            case SupabaseStep step -> writeEnd(step.type(), null, out);
            case StaticAnswer answer -> writeEnd("response", null, out);
        }
        List<String> residency = path.policies().access().residency();
        if (residency == null) {
            out.writeNullField("residency");
        } else {
            writeAll("residency", residency, out);
        }
        out.writeEndObject();
    }

    private static void writeEnd(String type, @Nullable String server, JsonGenerator out) throws IOException {
        out.writeStringField("integration", type);
        out.writeStringField("server", server);
    }

    private static void writeMatch(MatchConfig match, JsonGenerator out) throws IOException {
        if (match.count() == 0) {
            out.writeNullField("match");
            return;
        }
        out.writeObjectFieldStart("match");
        if (!match.hosts().isEmpty()) {
            writeAll("host", match.hosts(), out);
        }
        writeAll("headers", match.headers(), out);
        writeAll("query", match.query(), out);
        out.writeEndObject();
    }

    private static void writeAll(String name, List<String> values, JsonGenerator out) throws IOException {
        out.writeArrayFieldStart(name);
        for (String value : values) {
            out.writeString(value);
        }
        out.writeEndArray();
    }

    private static void writeAll(String name, Map<String, String> values, JsonGenerator out) throws IOException {
        if (values.isEmpty()) {
            return;
        }
        out.writeObjectFieldStart(name);
        for (Map.Entry<String, String> entry : new TreeMap<>(values).entrySet()) {
            out.writeStringField(entry.getKey(), entry.getValue());
        }
        out.writeEndObject();
    }
}
