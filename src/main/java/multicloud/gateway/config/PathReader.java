package multicloud.gateway.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import multicloud.gateway.config.Node.Bool;
import multicloud.gateway.config.Node.Member;
import multicloud.gateway.config.Node.Num;
import multicloud.gateway.config.Node.Text;
import multicloud.gateway.config.PathConfig.HttpProxy;
import multicloud.gateway.config.PathConfig.IntegrationConfig;
import multicloud.gateway.config.PathConfig.RouteConfig;
import multicloud.gateway.config.Rewrite.InvalidRewrite;
import multicloud.gateway.http.Timeouts;
import org.jspecify.annotations.Nullable;

/** Reads an entry of {@code paths}. */
final class PathReader {
    static final Keys KEYS = Keys.of(
                    "method",
                    "path",
                    "match",
                    "integration",
                    "timeouts",
                    "limits",
                    "variables",
                    "response",
                    "response_status",
                    "response_headers",
                    "encoded_slashes",
                    "auth",
                    "cors")
            .later("mapping", "pre_process", "residency");
    static final Keys INTEGRATION =
            Keys.of("type", "server", "rewrite").later("binding", "function", "authorizer", "post_process");
    static final List<String> TYPES = List.of("http", "http_proxy");
    static final List<String> LATER_TYPES = List.of(
            "service",
            "service_binding",
            "auth0_callback",
            "auth0_userinfo",
            "auth0_callback_redirect",
            "auth0_refresh",
            "oidc_login",
            "oidc_callback",
            "oidc_userinfo",
            "oidc_refresh",
            "supabase_passwordless_auth",
            "supabase_passwordless_verify",
            "supabase_passwordless_auth_alt");

    private static final String EXPECTED_REWRITE = "a path such as \"/internal/{id}\"";

    private final Defaults defaults;
    private final Map<String, Timeouts> ofServers;
    private final Findings findings;

    /** A path as read: what the record has, and what comparing it with the rest of the document needs. */
    record Draft(
            int offset,
            PathConfig config,
            boolean comparable,
            @Nullable Text server) {}

    /**
     * @param ofServers the timeouts of each server by its alias
     */
    PathReader(Defaults defaults, Map<String, Timeouts> ofServers, Findings findings) {
        this.defaults = defaults;
        this.ofServers = ofServers;
        this.findings = findings;
    }

    Draft read(int index, Node value) {
        ObjectReader path = ObjectReader.of(value, KEYS, findings);
        RouteReader reader = new RouteReader(path, findings);
        RouteConfig route = reader.read();
        refuse(path, "auth", "\"auth\" is not supported yet, but for false", true);
        refuse(path, "cors", "\"cors\" is not supported yet, but for false", false);
        ObjectReader proxy = integration(path);
        Text server = proxy == null ? null : proxy.name("server");
        IntegrationConfig integration = proxy == null
                ? new StaticAnswerReader(path, findings).read()
                : new HttpProxy(server == null ? "" : server.value(), rewrite(proxy, route, reader.isPatternKnown()));
        Timeouts below =
                server == null ? defaults.timeouts() : ofServers.getOrDefault(server.value(), defaults.timeouts());
        PathConfig config = new PathConfig(
                index,
                route,
                integration,
                TimeoutSettings.read(path, findings).over(below),
                Defaults.bodyLimit(path, defaults.bodyLimit(), findings),
                variables(path, findings));
        return new Draft(path.offset(), config, reader.isKnown(), server);
    }

    /** Values of {@code $config.NAME} as text. */
    static Map<String, String> variables(ObjectReader owner, Findings findings) {
        Map<String, String> variables = new LinkedHashMap<>();
        for (Member member : owner.entries("variables")) {
            switch (member.value()) {
                case Text text -> variables.put(member.key(), text.value());
                case Num number -> variables.put(member.key(), number.literal());
                case Bool flag -> variables.put(member.key(), Boolean.toString(flag.value()));
                case Node.Obj object -> findings.wrongType(object, "a string, a number, true or false");
                case Node.Arr array -> findings.wrongType(array, "a string, a number, true or false");
                case Node.Null nothing -> findings.wrongType(nothing, "a string, a number, true or false");
            }
        }
        return variables;
    }

    /** A key that so far can only say that there is nothing of the kind. */
    private void refuse(ObjectReader path, String key, String message, boolean orNull) {
        Node value = path.value(key);
        if (value == null || (value instanceof Bool flag && !flag.value()) || (orNull && value instanceof Node.Null)) {
            return;
        }
        findings.error(Rule.UNSUPPORTED, value.offset(), message);
    }

    /** The integration, or null for a static answer; one whose type is for later is not looked into. */
    private @Nullable ObjectReader integration(ObjectReader path) {
        Node value = path.value("integration");
        if (value == null) {
            return null;
        }
        for (String key : List.of("response", "response_status", "response_headers")) {
            path.exclude(key, "has no effect beside \"integration\": remove one of the two");
        }
        if (value instanceof Node.Obj object
                && object.get("type") instanceof Text type
                && LATER_TYPES.contains(type.value())) {
            findings.unfit(
                    type,
                    Rule.UNSUPPORTED,
                    ObjectReader.alternatives(TYPES),
                    "the integration " + type.shown() + " is not supported yet");
            return ObjectReader.of(new Node.Obj(value.offset(), List.of(), false), findings);
        }
        ObjectReader integration = ObjectReader.of(value, INTEGRATION, findings);
        integration.require("type");
        integration.require("server");
        integration.word("type", TYPES);
        return integration;
    }

    private @Nullable Rewrite rewrite(ObjectReader integration, RouteConfig route, boolean patternKnown) {
        Text text = integration.text("rewrite", EXPECTED_REWRITE);
        if (text == null) {
            return null;
        }
        if (text.isOpaque() || !patternKnown) {
            return new Rewrite(text.value(), List.of(new Rewrite.Text(text.value())));
        }
        try {
            return Rewrite.parse(text.value(), route.pattern());
        } catch (InvalidRewrite e) {
            findings.unfit(text, Rule.REWRITE, EXPECTED_REWRITE, e.message());
            return null;
        }
    }
}
