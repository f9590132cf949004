package multicloud.gateway.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import multicloud.gateway.config.AuthConfig;
import multicloud.gateway.config.GatewayConfig;
import multicloud.gateway.config.MappingConfig;
import multicloud.gateway.config.PathConfig;
import multicloud.gateway.config.PathConfig.HttpProxy;
import multicloud.gateway.config.PathConfig.LoginStep;
import multicloud.gateway.config.PathConfig.MatchConfig;
import multicloud.gateway.config.PathConfig.StaticAnswer;
import multicloud.gateway.config.PathConfig.Step;
import multicloud.gateway.config.PathConfig.SupabaseStep;
import multicloud.gateway.config.PathPattern.Literal;
import multicloud.gateway.config.PathPattern.Parameter;
import multicloud.gateway.config.PathPattern.Segment;
import multicloud.gateway.config.PathPattern.Wildcard;
import multicloud.gateway.config.Resilience.Balance;
import multicloud.gateway.config.Resilience.Mirror;
import multicloud.gateway.config.Rewrite;
import multicloud.gateway.config.ServerConfig;
import multicloud.gateway.config.ServerConfig.TargetConfig;
import multicloud.gateway.config.Template;
import multicloud.gateway.config.TrustedProxyConfig;
import multicloud.gateway.http.FieldText;
import multicloud.gateway.http.Grammar;
import multicloud.gateway.route.RoutePrecedence;
import org.jspecify.annotations.Nullable;

/**
 * Writes a document as the table that a map's page reads: its routes in order of precedence with their paths compiled, and its
 * servers. Of authorizers it has the names alone, and no static answer.
 */
final class MapTable {
    private final JsonGenerator out;

    private MapTable(JsonGenerator out) {
        this.out = out;
    }

    /**
     * The table as JSON.
     *
     * @param title what to call the document
     * @param source where it was read
     */
    static String of(GatewayConfig config, String title, String source) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = new JsonFactory().createGenerator(text)) {
            out.writeStartObject();
            out.writeStringField("title", title);
            out.writeStringField("source", source);
            new MapTable(out).write(config);
            out.writeEndObject();
        }
        return text.toString();
    }

    private void write(GatewayConfig config) throws IOException {
        out.writeBooleanField("cors", config.general().cors() != null);
        writeProxy(config.general().trustedProxy());
        out.writeArrayFieldStart("servers");
        for (ServerConfig server : config.servers()) {
            write(server);
        }
        out.writeEndArray();
        List<PathConfig> paths = new ArrayList<>(config.paths());
        paths.sort(RoutePrecedence.order());
        out.writeArrayFieldStart("routes");
        for (PathConfig path : paths) {
            write(path, config.headersOf(path));
        }
        out.writeEndArray();
    }

    /** The fields of a trusted proxy, which the page believes nobody. */
    private void writeProxy(@Nullable TrustedProxyConfig proxy) throws IOException {
        List<String> fields = proxy == null ? List.of() : proxy.fields();
        writeTexts("proxy", fields.stream().map(Grammar::spelling).toList());
    }

    private void write(ServerConfig server) throws IOException {
        out.writeStartObject();
        out.writeStringField("alias", server.alias());
        out.writeBooleanField("latency", server.resilience().balance() == Balance.LATENCY);
        write(server.resilience().mirror());
        out.writeArrayFieldStart("targets");
        for (TargetConfig target : server.targets()) {
            out.writeStartObject();
            out.writeStringField("name", target.name());
            out.writeStringField("url", target.url().toString());
            out.writeStringField("cloud", target.place().cloud());
            out.writeStringField("region", target.place().region());
            out.writeStringField("jurisdiction", target.place().jurisdiction());
            out.writeNumberField("priority", target.priority());
            out.writeNumberField("weight", target.weight());
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    private void write(@Nullable Mirror mirror) throws IOException {
        if (mirror == null) {
            out.writeNullField("mirror");
            return;
        }
        out.writeObjectFieldStart("mirror");
        out.writeStringField("server", mirror.server());
        out.writeNumberField("share", mirror.share());
        out.writeEndObject();
    }

    private void write(PathConfig path, List<MappingConfig.Entry> headers) throws IOException {
        out.writeStartObject();
        out.writeNumberField("index", path.index());
        writeTexts("method", path.route().methods());
        out.writeStringField("path", path.route().pattern().text());
        out.writeArrayFieldStart("segments");
        for (Segment segment : path.route().pattern().segments()) {
            switch (segment) {
                case Literal(String text) -> writeOnly("literal", text);
                case Parameter(String name) -> writeOnly("parameter", name);
                case Wildcard(String name) -> writeOnly("rest", name);
            }
        }
        out.writeEndArray();
        write(path.route().match());
        out.writeBooleanField("slashes", path.route().keepEncodedSlashes());
        out.writeBooleanField("cors", path.policies().access().cors() != null);
        write(path.policies().access().auth());
        writeResidency(path.policies().access().residency());
        switch (path.integration()) {
            case HttpProxy proxy -> {
                out.writeStringField("server", proxy.server());
                out.writeNullField("status");
                write(proxy.rewrite());
            }
            case StaticAnswer answer -> writeOwnAnswer(answer.status());
            case LoginStep step -> writeOwnAnswer(step.step() == Step.LOGIN ? 302 : 200);
            case SupabaseStep step -> writeOwnAnswer(200);
        }
        writeMapping("headers", headers);
        writeMapping("query", path.policies().mapping().query());
        out.writeEndObject();
    }

    private void writeOwnAnswer(int status) throws IOException {
        out.writeNullField("server");
        out.writeNumberField("status", status);
        out.writeNullField("rewrite");
    }

    private void writeResidency(@Nullable List<String> residency) throws IOException {
        if (residency == null) {
            out.writeNullField("residency");
        } else {
            writeTexts("residency", residency);
        }
    }

    private void write(MatchConfig match) throws IOException {
        out.writeObjectFieldStart("match");
        writeTexts("host", match.hosts());
        out.writeObjectFieldStart("headers");
        for (Map.Entry<String, String> header : new TreeMap<>(match.headers()).entrySet()) {
            out.writeStringField(header.getKey(), FieldText.toText(header.getValue()));
        }
        out.writeEndObject();
        out.writeObjectFieldStart("query");
        for (Map.Entry<String, String> parameter : new TreeMap<>(match.query()).entrySet()) {
            out.writeStringField(parameter.getKey(), parameter.getValue());
        }
        out.writeEndObject();
        out.writeEndObject();
    }

    private void write(@Nullable AuthConfig auth) throws IOException {
        if (auth == null) {
            out.writeNullField("auth");
            return;
        }
        out.writeObjectFieldStart("auth");
        out.writeStringField("authorizer", auth.authorizer());
        writeTexts("scopes", auth.scopes());
        if (!auth.claims().isEmpty()) {
            out.writeObjectFieldStart("claims");
            for (Map.Entry<String, List<String>> claim : new TreeMap<>(auth.claims()).entrySet()) {
                writeTexts(claim.getKey(), claim.getValue());
            }
            out.writeEndObject();
        }
        out.writeEndObject();
    }

    private void write(@Nullable Rewrite rewrite) throws IOException {
        if (rewrite == null) {
            out.writeNullField("rewrite");
            return;
        }
        out.writeArrayFieldStart("rewrite");
        for (Rewrite.Part part : rewrite.parts()) {
            switch (part) {
                case Rewrite.Text(String text) -> writeOnly("text", text);
                case Rewrite.Reference(String name) -> writeOnly("parameter", name);
            }
        }
        out.writeEndArray();
    }

    private void writeMapping(String name, List<MappingConfig.Entry> entries) throws IOException {
        out.writeArrayFieldStart(name);
        for (MappingConfig.Entry entry : entries) {
            out.writeStartObject();
            out.writeStringField("name", entry.name());
            Template value = entry.value();
            out.writeStringField("text", value == null ? null : value.text());
            if (value == null) {
                out.writeNullField("parts");
            } else {
                write(value.parts());
            }
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private void write(List<Template.Part> parts) throws IOException {
        out.writeArrayFieldStart("parts");
        for (Template.Part part : parts) {
            switch (part) {
                case Template.Text(String text) -> writeOnly("text", text);
                case Template.Variable variable -> {
                    String mask = variable.mask();
                    out.writeStartObject();
                    out.writeStringField("shown", mask == null ? variable.value() : mask);
                    out.writeBooleanField("exact", mask == null);
                    out.writeEndObject();
                }
                case Template.Reference reference -> {
                    out.writeStartObject();
                    out.writeStringField("kind", reference.kind().name().toLowerCase(Locale.ROOT));
                    out.writeStringField("name", reference.name());
                    out.writeEndObject();
                }
            }
        }
        out.writeEndArray();
    }

    private void writeOnly(String name, String text) throws IOException {
        out.writeStartObject();
        out.writeStringField(name, text);
        out.writeEndObject();
    }

    private void writeTexts(String name, Collection<String> texts) throws IOException {
        out.writeArrayFieldStart(name);
        for (String text : texts) {
            out.writeString(text);
        }
        out.writeEndArray();
    }
}
