package multicloud.gateway.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import multicloud.gateway.Explanation;
import multicloud.gateway.Explanation.CorsAnswer;
import multicloud.gateway.Explanation.Decision;
import multicloud.gateway.config.AuthConfig;
import multicloud.gateway.http.Failure;
import multicloud.gateway.http.FieldText;
import multicloud.gateway.http.Headers;
import multicloud.gateway.http.Response;
import multicloud.gateway.integration.Plan;
import multicloud.gateway.mapping.HeaderChanges;
import multicloud.gateway.mapping.Shown;
import multicloud.gateway.route.Candidate;
import multicloud.gateway.route.Route;
import org.jspecify.annotations.Nullable;

/** Writes an explanation as JSON. */
final class ExplanationJson {
    private static final JsonFactory FACTORY = new JsonFactory();

    private final JsonGenerator out;

    private ExplanationJson(JsonGenerator out) {
        this.out = out;
    }

    static String of(Explanation explanation) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = FACTORY.createGenerator(text)) {
            out.setPrettyPrinter(new DefaultPrettyPrinter());
            new ExplanationJson(out).write(explanation);
        }
        return text.toString();
    }

    private void write(Explanation explanation) throws IOException {
        out.writeStartObject();
        write(explanation.decision(), explanation.plan());
        writeAuth(explanation.auth());
        writeCors(explanation.cors());
        writeUpstream(explanation.plan());
        writeResponse(explanation.plan());
        out.writeEndObject();
    }

    private void write(Decision decision, Plan plan) throws IOException {
        Route route = decision.route();
        out.writeBooleanField("matched", route != null);
        switch (plan) {
            case Plan.Call call -> out.writeNullField("status");
            case Plan.Answer(Response response) -> out.writeNumberField("status", response.status());
        }
        if (route == null) {
            out.writeNullField("route");
        } else {
            out.writeObjectFieldStart("route");
            out.writeNumberField("index", route.index());
            writeTexts("method", route.config().methods());
            out.writeStringField("path", route.config().pattern().text());
            out.writeEndObject();
        }
        writeTexts("params", decision.params());
        out.writeArrayFieldStart("candidates");
        for (Candidate other : decision.others()) {
            out.writeStartObject();
            out.writeNumberField("index", other.route().index());
            out.writeStringField("path", other.route().config().pattern().text());
            out.writeStringField("reason", other.reason().name().toLowerCase(Locale.ROOT));
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private void writeAuth(@Nullable AuthConfig auth) throws IOException {
        out.writeObjectFieldStart("auth");
        out.writeBooleanField("required", auth != null);
        out.writeStringField("authorizer", auth == null ? null : auth.authorizer());
        writeTexts("scopes", auth == null ? List.of() : auth.scopes());
        if (auth != null && !auth.claims().isEmpty()) {
            out.writeObjectFieldStart("claims");
            for (Map.Entry<String, List<String>> claim : new TreeMap<>(auth.claims()).entrySet()) {
                writeTexts(claim.getKey(), claim.getValue());
            }
            out.writeEndObject();
        }
        out.writeEndObject();
    }

    private void writeCors(@Nullable CorsAnswer cors) throws IOException {
        if (cors == null) {
            out.writeNullField("cors");
            return;
        }
        out.writeObjectFieldStart("cors");
        out.writeStringField("origin", cors.origin());
        writeHeaders(cors.headers());
        out.writeEndObject();
    }

    private void writeUpstream(Plan plan) throws IOException {
        if (!(plan instanceof Plan.Call call)) {
            out.writeNullField("upstream");
            return;
        }
        out.writeObjectFieldStart("upstream");
        out.writeStringField("server", call.server());
        out.writeStringField("method", call.method());
        out.writeArrayFieldStart("targets");
        for (Plan.Destination destination : call.destinations()) {
            out.writeStartObject();
            out.writeStringField("name", destination.name());
            out.writeStringField("url", destination.url());
            out.writeNumberField("priority", destination.priority());
            out.writeNumberField("share", destination.share());
            out.writeEndObject();
        }
        out.writeEndArray();
        writeChanges(call.headers());
        out.writeEndObject();
    }

    private void writeChanges(HeaderChanges changes) throws IOException {
        out.writeObjectFieldStart("headers");
        out.writeObjectFieldStart("set");
        for (Map.Entry<String, Shown> field : changes.set().entrySet()) {
            out.writeStringField(field.getKey(), field.getValue().text());
        }
        out.writeEndObject();
        writeTexts("removed", changes.removed());
        out.writeEndObject();
    }

    private void writeResponse(Plan plan) throws IOException {
        if (!(plan instanceof Plan.Answer(Response response))) {
            out.writeNullField("response");
            return;
        }
        out.writeObjectFieldStart("response");
        out.writeNumberField("status", response.status());
        writeHeaders(response.headers());
        out.writeFieldName("body");
        byte[] body = response.body().bytes(Integer.MAX_VALUE, Failure.RESPONSE_TOO_LARGE);
        if (body.length == 0) {
            out.writeNull();
        } else {
            try (JsonParser parser = FACTORY.createParser(body)) {
                parser.nextToken();
                out.copyCurrentStructureExact(parser);
            }
        }
        out.writeEndObject();
    }

    /** A field that is there several times is there once, its values joined (RFC 9110, section 5.3). */
    private void writeHeaders(Headers headers) throws IOException {
        Map<String, String> joined = new LinkedHashMap<>();
        headers.forEach((name, value) -> joined.merge(
                name.toLowerCase(Locale.ROOT), FieldText.toText(value), (one, other) -> one + ", " + other));
        writeTexts("headers", joined);
    }

    private void writeTexts(String name, Map<String, String> texts) throws IOException {
        out.writeObjectFieldStart(name);
        for (Map.Entry<String, String> entry : texts.entrySet()) {
            out.writeStringField(entry.getKey(), entry.getValue());
        }
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
