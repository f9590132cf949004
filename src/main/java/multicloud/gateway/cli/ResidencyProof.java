package multicloud.gateway.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import multicloud.gateway.Gateway;
import multicloud.gateway.config.GatewayConfig;
import multicloud.gateway.config.PathConfig;
import multicloud.gateway.config.Resilience;
import multicloud.gateway.config.ServerConfig;
import multicloud.gateway.config.ServerConfig.Place;
import multicloud.gateway.config.ServerConfig.TargetConfig;
import multicloud.gateway.integration.Reach;
import multicloud.gateway.integration.Reach.Means;

/**
 * For every path with a residency, the targets that its requests may reach, asked of what would serve them, held against what the
 * document declares.
 */
final class ResidencyProof {
    private static final String DECLARED =
            "Jurisdictions are as the document declares them; nobody has measured where a target lies.";
    private static final String OWN_PLACE =
            "Where the gateway itself runs outside of a path's jurisdictions, or where that is not known"
                    + " (GATEWAY_REGION, else AWS_REGION), it answers 503 and sends nothing.";

    private final List<Bound> bound = new ArrayList<>();
    private final List<PathConfig> free = new ArrayList<>();

    /** A path that is held to some jurisdictions. */
    private record Bound(PathConfig path, List<String> residency, List<End> ends) {
        List<End> reached() {
            return ends.stream().filter(End::reached).toList();
        }

        List<End> unreached() {
            return ends.stream().filter(end -> !end.reached()).toList();
        }

        boolean holds() {
            return reached().stream()
                    .allMatch(end -> residency.contains(end.place().jurisdiction()));
        }
    }

    /** A target of a server that a path uses. */
    private record End(Means means, String server, TargetConfig target, boolean reached) {
        Place place() {
            return target.place();
        }

        String jurisdiction() {
            String jurisdiction = place().jurisdiction();
            return jurisdiction == null ? "none declared" : jurisdiction;
        }
    }

    private ResidencyProof() {}

    static ResidencyProof of(GatewayConfig config) {
        ResidencyProof proof = new ResidencyProof();
        List<List<Reach>> reaches = Gateway.forExplaining(config).reaches();
        for (PathConfig path : config.paths()) {
            List<String> residency = path.policies().access().residency();
            if (residency == null) {
                if (path.integration() instanceof PathConfig.HttpProxy) {
                    proof.free.add(path);
                }
            } else {
                proof.bound.add(new Bound(path, residency, ends(path, config, reaches.get(path.index()))));
            }
        }
        return proof;
    }

    private static List<End> ends(PathConfig path, GatewayConfig config, List<Reach> reaches) {
        List<End> ends = new ArrayList<>();
        if (path.integration() instanceof PathConfig.HttpProxy proxy) {
            ServerConfig server = config.server(proxy.server());
            add(Means.REQUEST, server, reaches, ends);
            Resilience.Mirror mirror = server.resilience().mirror();
            if (mirror != null) {
                add(Means.MIRROR, config.server(mirror.server()), reaches, ends);
            }
        }
        return ends;
    }

    private static void add(Means means, ServerConfig server, List<Reach> reaches, List<End> ends) {
        Set<String> reached = reaches.stream()
                .filter(reach -> reach.means() == means && reach.server().equals(server.alias()))
                .map(reach -> reach.target().name())
                .collect(Collectors.toSet());
        server.targets()
                .forEach(target -> ends.add(new End(means, server.alias(), target, reached.contains(target.name()))));
    }

    /** Whether no request of any of these paths can reach a target outside. */
    boolean holds() {
        return bound.stream().allMatch(Bound::holds);
    }

    List<String> lines(Style style) {
        List<String> lines = new ArrayList<>();
        for (Bound one : bound) {
            lines.add(style.bold(name(one.path())) + "  within " + String.join(" ", one.residency()));
            lines.add("");
            lines.addAll(one.ends().isEmpty() ? List.of("  answered by the gateway itself") : table(one, style));
            lines.add("");
        }
        if (!free.isEmpty()) {
            lines.add("Without a residency, free to go to every target of their servers:");
            free.forEach(path -> lines.add("  " + name(path)));
            lines.add("");
        }
        lines.add(bound.isEmpty() ? "No path has a residency: there is nothing to prove." : OWN_PLACE);
        lines.add(DECLARED);
        return lines;
    }

    private static String name(PathConfig path) {
        return Routes.name(path.route(), path.index());
    }

    private static List<String> table(Bound one, Style style) {
        Table table = new Table("  REACHED BY", "SERVER", "TARGET", "LIES IN", "CLOUD", "REGION");
        one.reached().forEach(end -> row(ways(end.means()), end, table));
        one.unreached().forEach(end -> row("nothing", end, table));
        return table.lines(style);
    }

    private static void row(String ways, End end, Table table) {
        table.row(
                "  " + ways,
                Glyph.shown(end.server()),
                Glyph.shown(end.target().name()),
                Glyph.shown(end.jurisdiction()),
                end.place().cloud() == null ? "" : Glyph.shown(end.place().cloud()),
                end.place().region() == null ? "" : Glyph.shown(end.place().region()));
    }

    private static String ways(Means means) {
        return switch (means) {
            case REQUEST -> "request retry failover hedge";
            case MIRROR -> "mirror";
        };
    }

    String json() throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = new JsonFactory().createGenerator(text)) {
            out.setPrettyPrinter(new DefaultPrettyPrinter());
            out.writeStartObject();
            out.writeBooleanField("holds", holds());
            out.writeStringField("jurisdictions", "declared, not measured");
            out.writeStringField("gateway", OWN_PLACE);
            out.writeArrayFieldStart("paths");
            for (Bound one : bound) {
                out.writeStartObject();
                write(one.path(), out);
                writeAll("residency", one.residency(), out);
                write("reached", one.reached(), out);
                write("unreached", one.unreached(), out);
                out.writeEndObject();
            }
            out.writeEndArray();
            out.writeArrayFieldStart("without_residency");
            for (PathConfig path : free) {
                out.writeStartObject();
                write(path, out);
                out.writeEndObject();
            }
            out.writeEndArray();
            out.writeEndObject();
        }
        return text.toString();
    }

    private static void write(PathConfig path, JsonGenerator out) throws IOException {
        out.writeNumberField("index", path.index());
        writeAll("method", path.route().methods(), out);
        out.writeStringField("path", path.route().pattern().text());
    }

    private static void write(String name, List<End> ends, JsonGenerator out) throws IOException {
        out.writeArrayFieldStart(name);
        for (End end : ends) {
            out.writeStartObject();
            writeAll("by", end.reached() ? List.of(ways(end.means()).split(" ")) : List.of(), out);
            out.writeStringField("server", end.server());
            out.writeStringField("target", end.target().name());
            out.writeStringField("host", end.target().url().host());
            out.writeStringField("jurisdiction", end.place().jurisdiction());
            out.writeStringField("cloud", end.place().cloud());
            out.writeStringField("region", end.place().region());
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private static void writeAll(String name, List<String> values, JsonGenerator out) throws IOException {
        out.writeArrayFieldStart(name);
        for (String value : values) {
            out.writeString(value);
        }
        out.writeEndArray();
    }
}
