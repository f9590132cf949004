package multicloud.gateway.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import multicloud.gateway.config.Node.Member;
import multicloud.gateway.config.Node.Null;
import multicloud.gateway.config.Node.Text;
import multicloud.gateway.config.Template.InvalidTemplate;
import multicloud.gateway.config.Template.Part;
import multicloud.gateway.http.FieldText;
import multicloud.gateway.http.Grammar;
import org.jspecify.annotations.Nullable;

/** Reads {@code mapping} of one path. */
final class MappingReader {
    static final Keys KEYS = Keys.of("headers", "query", "response_headers");
    private static final String EXPECTED = "a value such as \"$request.header.x-user\", or null";

    private final Map<String, Template.Variable> variables;
    private final @Nullable PathPattern pattern;
    private final boolean authenticated;
    private final Findings findings;

    /**
     * A reader for one path.
     *
     * @param variables those of the path over those of the document
     * @param pattern the path's; null where it is not known
     * @param authenticated whether the path has somebody whose claims there are
     */
    MappingReader(
            Map<String, Template.Variable> variables,
            @Nullable PathPattern pattern,
            boolean authenticated,
            Findings findings) {
        this.variables = variables;
        this.pattern = pattern;
        this.authenticated = authenticated;
        this.findings = findings;
    }

    MappingConfig read(ObjectReader path) {
        ObjectReader mapping = path.object("mapping", KEYS);
        return mapping == null
                ? MappingConfig.NONE
                : new MappingConfig(
                        headers(mapping.entries("headers")),
                        query(mapping.entries("query")),
                        headers(mapping.entries("response_headers")));
    }

    private List<MappingConfig.Entry> headers(List<Member> members) {
        List<MappingConfig.Entry> entries = new ArrayList<>();
        for (Member member : Fields.settable(members, findings)) {
            entries.add(new MappingConfig.Entry(member.key(), value(member, FieldText::isValue)));
        }
        return entries;
    }

    private List<MappingConfig.Entry> query(List<Member> members) {
        List<MappingConfig.Entry> entries = new ArrayList<>();
        for (Member member : members) {
            entries.add(new MappingConfig.Entry(member.key(), value(member, text -> true)));
        }
        return entries;
    }

    /** The value, or null where the field is only removed. */
    private @Nullable Template value(Member member, Predicate<String> fits) {
        if (member.value() instanceof Null) {
            return null;
        }
        if (!(member.value() instanceof Text text)) {
            findings.wrongType(member.value(), EXPECTED);
            return null;
        }
        if (text.origin() != null) {
            checkLiteral(text, text.value(), fits);
            return Template.reference(text);
        }
        try {
            return resolved(Template.parse(text.value()), text, fits);
        } catch (InvalidTemplate e) {
            findings.error(Rule.TEMPLATE, text.offset(), e.message());
            return null;
        }
    }

    private Template resolved(Template template, Text text, Predicate<String> fits) {
        List<Part> parts = new ArrayList<>(template.parts().size());
        for (Part part : template.parts()) {
            switch (part) {
                case Template.Text literal -> {
                    checkLiteral(text, literal.text(), fits);
                    parts.add(literal);
                }
                case Template.Variable variable -> parts.add(variable);
                case Template.Reference reference -> parts.add(resolved(reference, text));
            }
        }
        return new Template(template.text(), parts);
    }

    private Part resolved(Template.Reference reference, Text text) {
        String name = reference.name();
        switch (reference.kind()) {
            case CONFIG -> {
                Template.Variable variable = variables.get(name);
                if (variable != null) {
                    return variable;
                }
                findings.error(
                        Rule.UNDEFINED_VARIABLE,
                        text.offset(),
                        "there is no " + Names.quoted(name) + " in \"variables\" of the path or of the document"
                                + Names.hint(name, variables.keySet()));
            }
            case PATH -> {
                if (pattern != null && !pattern.names().contains(name)) {
                    findings.error(
                            Rule.TEMPLATE,
                            text.offset(),
                            "the path has no parameter " + Names.quoted(name) + Names.hint(name, pattern.names()));
                }
            }
            case HEADER -> {
                if (!Grammar.isToken(name)) {
                    findings.error(Rule.TEMPLATE, text.offset(), "no request has a header " + Names.quoted(name));
                }
            }
            case CLAIM -> {
                if (!authenticated) {
                    findings.warning(
                            Rule.CLAIM_WITHOUT_AUTH,
                            text.offset(),
                            "a path without \"auth\" has no claims: the field is removed and never set");
                }
            }
            case QUERY, ID, IP, METHOD -> {}
        }
        return reference;
    }

    private void checkLiteral(Text text, String literal, Predicate<String> fits) {
        if (!text.isOpaque() && !fits.test(literal)) {
            findings.unfit(
                    text,
                    Rule.VALUE,
                    "a header value",
                    "a header value has no line breaks or other control characters");
        }
    }
}
