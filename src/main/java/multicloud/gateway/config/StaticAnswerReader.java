package multicloud.gateway.config;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import multicloud.gateway.config.Node.Member;
import multicloud.gateway.config.Node.Text;
import multicloud.gateway.config.PathConfig.StaticAnswer;

/** Reads the answer of a path without integration. */
final class StaticAnswerReader {
    private static final int DEFAULT_STATUS = 200;

    private final ObjectReader path;
    private final Findings findings;

    StaticAnswerReader(ObjectReader path, Findings findings) {
        this.path = path;
        this.findings = findings;
    }

    StaticAnswer read() {
        int status = path.integer("response_status", DEFAULT_STATUS, 599, DEFAULT_STATUS);
        List<Member> fields = path.entries("response_headers");
        Map<String, String> headers = Fields.ofAnswer(fields, findings);
        for (Member field : fields) {
            warnOfSecrets(field.value());
        }
        Node response = path.value("response");
        if (response != null) {
            warnOfSecrets(response);
            if (status == 204 || status == 205 || status == 304) {
                findings.error(
                        Rule.BODILESS_STATUS,
                        response.offset(),
                        "an answer with status " + status + " has no body: remove \"response\"");
            }
        }
        Node timeouts = path.value("timeouts");
        if (timeouts != null) {
            findings.warning(
                    Rule.NO_EFFECT, timeouts.offset(), "a static answer calls nobody: its timeouts have no effect");
        }
        warnOfMapping();
        return new StaticAnswer(status, headers, response == null ? null : json(response));
    }

    private void warnOfMapping() {
        if (path.value("mapping") instanceof Node.Obj mapping) {
            for (Member member : mapping.members()) {
                if (member.key().equals("headers") || member.key().equals("query")) {
                    findings.warning(
                            Rule.NO_EFFECT,
                            member.offset(),
                            "a static answer calls nobody: " + Names.quoted(member.key())
                                    + " of its mapping have no effect");
                }
            }
        }
    }

    private void warnOfSecrets(Node value) {
        switch (value) {
            case Text text -> {
                if (text.isSecret()) {
                    findings.warning(
                            Rule.SECRET_IN_RESPONSE,
                            text.offset(),
                            text.shown() + " goes out to every client of this path");
                }
            }
            case Node.Obj object -> object.members().forEach(member -> warnOfSecrets(member.value()));
            case Node.Arr array -> array.items().forEach(this::warnOfSecrets);
            case Node.Num number -> {}
            case Node.Bool flag -> {}
            case Node.Null nothing -> {}
        }
    }

    private static String json(Node value) {
        StringWriter json = new StringWriter();
        try (JsonGenerator generator = JsonTree.FACTORY.createGenerator(json)) {
            write(value, generator);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return json.toString();
    }

    private static void write(Node value, JsonGenerator json) throws IOException {
        switch (value) {
            case Text text -> json.writeString(text.value());
            case Node.Num number -> json.writeNumber(number.literal());
            case Node.Bool flag -> json.writeBoolean(flag.value());
            case Node.Null nothing -> json.writeNull();
            case Node.Obj object -> {
                json.writeStartObject();
                for (Member member : object.members()) {
                    json.writeFieldName(member.key());
                    write(member.value(), json);
                }
                json.writeEndObject();
            }
            case Node.Arr array -> {
                json.writeStartArray();
                for (Node item : array.items()) {
                    write(item, json);
                }
                json.writeEndArray();
            }
        }
    }
}
