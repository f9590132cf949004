package multicloud.gateway.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import multicloud.gateway.config.Node.Bool;
import multicloud.gateway.config.Node.Member;
import multicloud.gateway.config.Node.Num;
import multicloud.gateway.config.Node.Text;
import multicloud.gateway.config.PathConfig.Access;
import multicloud.gateway.config.PathConfig.HttpProxy;
import multicloud.gateway.config.PathConfig.IntegrationConfig;
import multicloud.gateway.config.PathConfig.PolicyConfig;
import multicloud.gateway.config.PathConfig.RouteConfig;
import multicloud.gateway.config.PathConfig.SupabaseStep;
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
                    "cors",
                    "mapping",
                    "residency")
            .later("pre_process");
    static final Keys INTEGRATION =
            Keys.of("type", "server", "rewrite").later("binding", "function", "authorizer", "post_process");
    static final List<String> TYPES = List.of("http", "http_proxy");
    static final List<String> LATER_TYPES = List.of("service", "service_binding");

    private static final String EXPECTED_REWRITE = "a path such as \"/internal/{id}\"";

    private final Defaults defaults;
    private final Map<String, ServerConfig> servers;
    private final Map<String, Template.Variable> variables;
    private final References references;
    private final Findings findings;

    /** A path as read: what the record has, and what comparing it with the rest of the document needs. */
    record Draft(
            int offset,
            PathConfig config,
            boolean comparable,
            @Nullable Text server,
            AuthReader.Draft auth,
            LoginStepReader.@Nullable Draft login) {}

    /**
     * A reader of all paths of a document.
     *
     * @param servers by their aliases
     * @param variables those of the document
     * @param references where what an integration needs beside the document comes from
     */
    PathReader(
            Defaults defaults,
            Map<String, ServerConfig> servers,
            Map<String, Template.Variable> variables,
            References references,
            Findings findings) {
        this.defaults = defaults;
        this.servers = servers;
        this.variables = variables;
        this.references = references;
        this.findings = findings;
    }

    Draft read(int index, Node value) {
        ObjectReader path = ObjectReader.of(value, KEYS, findings);
        RouteReader reader = new RouteReader(path, findings);
        RouteConfig route = reader.read();
        LoginStepReader.Draft login = login(path);
        SupabaseStep supabase = supabase(path);
        ObjectReader proxy = login == null && supabase == null ? integration(path) : null;
        Text server = proxy == null ? null : proxy.name("server");
        PathPattern pattern = reader.isPatternKnown() ? route.pattern() : null;
        IntegrationConfig integration = login != null
                ? login.config()
                : supabase != null ? supabase : integration(path, proxy, server, rewrite(proxy, pattern));
        if ((login != null || supabase != null) && path.has("residency")) {
            findings.error(
                    Rule.RESIDENCY,
                    path.offset("residency"),
                    "a step of a login asks a provider, which lies in no jurisdiction: the path could reach nobody");
        }
        AuthReader.Draft auth = new AuthReader(findings).read(path, defaults.auth());
        PolicyConfig policies = policies(path, server, pattern, auth.config());
        PathConfig config = new PathConfig(index, route, integration, policies);
        return new Draft(path.offset(), config, reader.isKnown(), server, auth, login);
    }

    private PolicyConfig policies(
            ObjectReader path, @Nullable Text server, @Nullable PathPattern pattern, @Nullable AuthConfig auth) {
        ServerConfig upstream = server == null ? null : servers.get(server.value());
        Timeouts below = upstream == null ? defaults.timeouts() : upstream.timeouts();
        Map<String, Template.Variable> known = new LinkedHashMap<>(variables);
        known.putAll(variables(path, findings));
        CorsConfig cors = new CorsReader(findings).ofPath(path, defaults.cors());
        if (cors != null) {
            warnOfCors(path.value("response_headers"));
            warnOfCors(path.value("mapping") instanceof Node.Obj mapping ? mapping.get("response_headers") : null);
        }
        return new PolicyConfig(
                TimeoutSettings.read(path, findings).over(below),
                Defaults.bodyLimit(path, defaults.bodyLimit(), findings),
                new Access(auth, cors, residency(path, upstream)),
                new MappingReader(known, pattern, auth != null, findings).read(path));
    }

    /** The jurisdictions that the path's requests may reach; null where it says nothing. */
    private @Nullable List<String> residency(ObjectReader path, @Nullable ServerConfig upstream) {
        Node value = path.value("residency");
        if (value == null) {
            return null;
        }
        List<String> jurisdictions = new ArrayList<>();
        boolean known = true;
        for (Node item : path.someItems("residency")) {
            Text text = path.jurisdiction(item);
            if (text != null) {
                known &= !text.isOpaque();
                jurisdictions.add(text.value());
            }
        }
        if (known && upstream != null && !jurisdictions.isEmpty()) {
            new ResidencyRules(servers, findings).check(value.offset(), jurisdictions, upstream);
        }
        return jurisdictions;
    }

    /** With CORS on, what else is said of it is taken off. */
    private void warnOfCors(@Nullable Node headers) {
        if (headers instanceof Node.Obj object) {
            for (Member member : object.members()) {
                if (member.key().toLowerCase(Locale.ROOT).startsWith("access-control-")) {
                    findings.warning(
                            Rule.NO_EFFECT,
                            member.offset(),
                            "with \"cors\" the gateway sets the header " + Names.quoted(member.key())
                                    + " itself: it has no effect here");
                }
            }
        }
    }

    /** Values of {@code $config.NAME} by their names. */
    static Map<String, Template.Variable> variables(ObjectReader owner, Findings findings) {
        Map<String, Template.Variable> variables = new LinkedHashMap<>();
        for (Member member : owner.entries("variables")) {
            String name = member.key();
            switch (member.value()) {
                case Text text -> variables.put(name, new Template.Variable(name, text.value(), text.mask()));
                case Num number -> variables.put(name, new Template.Variable(name, number.literal(), null));
                case Bool flag ->
                    variables.put(name, new Template.Variable(name, Boolean.toString(flag.value()), null));
                case Node.Obj object -> findings.wrongType(object, "a string, a number, true or false");
                case Node.Arr array -> findings.wrongType(array, "a string, a number, true or false");
                case Node.Null nothing -> findings.wrongType(nothing, "a string, a number, true or false");
            }
        }
        return variables;
    }

    private LoginStepReader.@Nullable Draft login(ObjectReader path) {
        Node value = path.value("integration");
        if (value == null || !LoginStepReader.takes(value)) {
            return null;
        }
        excludeAnswer(path);
        return new LoginStepReader(findings).read(value);
    }

    private @Nullable SupabaseStep supabase(ObjectReader path) {
        Node value = path.value("integration");
        if (value == null || !SupabaseReader.takes(value)) {
            return null;
        }
        excludeAnswer(path);
        return new SupabaseReader(findings).step(value, references);
    }

    private IntegrationConfig integration(
            ObjectReader path, @Nullable ObjectReader proxy, @Nullable Text server, @Nullable Rewrite rewrite) {
        if (proxy == null) {
            return new StaticAnswerReader(path, findings).read();
        }
        return new HttpProxy(server == null ? "" : server.value(), rewrite);
    }

    private static void excludeAnswer(ObjectReader path) {
        for (String key : List.of("response", "response_status", "response_headers")) {
            path.exclude(key, "has no effect beside \"integration\": remove one of the two");
        }
    }

    /** The integration, or null for a static answer; one whose type is for later is not looked into. */
    private @Nullable ObjectReader integration(ObjectReader path) {
        Node value = path.value("integration");
        if (value == null) {
            return null;
        }
        excludeAnswer(path);
        if (value instanceof Node.Obj object
                && object.get("type") instanceof Text type
                && LATER_TYPES.contains(type.value())) {
            findings.unfit(
                    type,
                    Rule.UNSUPPORTED,
                    ObjectReader.alternatives(TYPES),
                    "the integration " + type.shown() + " is not supported yet" + Migration.hint(type.value()));
            return ObjectReader.of(new Node.Obj(value.offset(), List.of(), false), findings);
        }
        ObjectReader integration = ObjectReader.of(value, INTEGRATION, findings);
        integration.require("type");
        integration.require("server");
        integration.word("type", TYPES);
        return integration;
    }

    private @Nullable Rewrite rewrite(@Nullable ObjectReader integration, @Nullable PathPattern pattern) {
        Text text = integration == null ? null : integration.text("rewrite", EXPECTED_REWRITE);
        if (text == null) {
            return null;
        }
        if (text.isOpaque() || pattern == null) {
            return new Rewrite(text.value(), List.of(new Rewrite.Text("/" + text.value())));
        }
        try {
            return Rewrite.parse(text.value(), pattern);
        } catch (InvalidRewrite e) {
            findings.unfit(text, Rule.REWRITE, EXPECTED_REWRITE, e.message());
            return null;
        }
    }
}
