package multicloud.gateway.config;

import java.util.ArrayList;
import java.util.List;
import multicloud.gateway.config.CorsConfig.Permissions;
import multicloud.gateway.config.Node.Bool;
import multicloud.gateway.config.Node.Text;
import multicloud.gateway.config.OriginPattern.InvalidOrigin;
import org.jspecify.annotations.Nullable;

/** Reads {@code cors} of the document or of a path. */
final class CorsReader {
    static final Keys KEYS = Keys.of(
            "allow_origins", "allow_methods", "allow_headers", "expose_headers", "allow_credentials", "max_age");
    static final List<String> METHODS = List.of("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD", "*");
    private static final String ANY = "*";
    private static final String EXPECTED_ORIGIN = "an origin such as \"https://app.example.com\"";

    private final Findings findings;

    CorsReader(Findings findings) {
        this.findings = findings;
    }

    /** The document's own; null where CORS is off. */
    @Nullable
    CorsConfig ofDocument(ObjectReader document) {
        Node value = document.value("cors");
        return value == null ? null : read(value);
    }

    /** The path's own, else that of the document; null where CORS is off. */
    @Nullable
    CorsConfig ofPath(ObjectReader path, @Nullable CorsConfig otherwise) {
        Node value = path.value("cors");
        if (value == null) {
            return otherwise;
        }
        if (value instanceof Bool flag && !flag.value()) {
            return null;
        }
        if (value instanceof Node.Obj) {
            return read(value);
        }
        findings.wrongType(value, "an object or false");
        return otherwise;
    }

    private CorsConfig read(Node value) {
        ObjectReader cors = ObjectReader.of(value, KEYS, findings);
        cors.require("allow_origins");
        boolean credentials = cors.flag("allow_credentials", false);
        List<String> exposed = Fields.names(cors, "expose_headers", findings);
        if (credentials && exposed.contains(ANY)) {
            findings.warning(
                    Rule.NO_EFFECT,
                    exposeOffset(cors),
                    "with credentials a browser takes \"*\" in expose_headers literally: name the headers");
        }
        return new CorsConfig(
                origins(cors, credentials),
                new Permissions(methods(cors), Fields.names(cors, "allow_headers", findings)),
                exposed,
                credentials,
                cors.integer("max_age", 0, Integer.MAX_VALUE, -1));
    }

    private static int exposeOffset(ObjectReader cors) {
        Node exposed = cors.value("expose_headers");
        return exposed == null ? cors.offset() : exposed.offset();
    }

    private List<OriginPattern> origins(ObjectReader cors, boolean credentials) {
        List<OriginPattern> origins = new ArrayList<>();
        boolean any = false;
        for (Node item : cors.someItems("allow_origins")) {
            Text text = cors.text(item, EXPECTED_ORIGIN);
            if (text == null || text.isOpaque()) {
                continue;
            }
            if (text.value().equals(ANY)) {
                any = true;
                refuseCredentials(text, credentials);
            } else {
                add(text, origins);
            }
        }
        return any ? List.of() : origins;
    }

    private void refuseCredentials(Text any, boolean credentials) {
        if (credentials) {
            findings.error(
                    Rule.ANY_ORIGIN_WITH_CREDENTIALS,
                    any.offset(),
                    "\"*\" together with \"allow_credentials\" would let every page on the web act for its visitors:"
                            + " name the origins");
        }
    }

    private void add(Text text, List<OriginPattern> origins) {
        try {
            origins.add(OriginPattern.parse(text.value()));
        } catch (InvalidOrigin e) {
            findings.unfit(text, Rule.ORIGIN, EXPECTED_ORIGIN, text.shown() + " is no origin: " + e.message());
        }
    }

    private List<String> methods(ObjectReader cors) {
        List<String> methods = new ArrayList<>();
        for (Node item : cors.items("allow_methods")) {
            Text text = cors.text(item, "a method such as \"GET\"");
            if (text == null) {
                continue;
            }
            if (!text.isOpaque() && !METHODS.contains(text.value())) {
                String expected = ObjectReader.alternatives(METHODS);
                String hint = Names.hint(text.value(), METHODS);
                String message = "unknown method " + text.shown() + (hint.isEmpty() ? "; expected " + expected : hint);
                findings.unfit(text, Rule.VALUE, expected, message);
            }
            methods.add(text.value());
        }
        return methods;
    }
}
