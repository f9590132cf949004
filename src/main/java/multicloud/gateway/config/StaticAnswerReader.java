package multicloud.gateway.config;

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
        return new StaticAnswer(status, headers, response == null ? null : JsonText.of(response));
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
}
