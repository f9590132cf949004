package multicloud.gateway.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import multicloud.gateway.config.Host.InvalidHost;
import multicloud.gateway.config.Node.Arr;
import multicloud.gateway.config.Node.Member;
import multicloud.gateway.config.Node.Text;
import multicloud.gateway.config.PathConfig.MatchConfig;
import multicloud.gateway.config.PathConfig.RouteConfig;
import multicloud.gateway.config.PathPattern.InvalidPattern;
import multicloud.gateway.config.PathPattern.Literal;

/** Reads what one path matches: method, path and conditions. */
final class RouteReader {
    static final Keys MATCH = Keys.of("host", "headers", "query");
    static final List<String> METHODS = List.of("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD", "ANY");
    static final List<String> ENCODED_SLASHES = List.of("reject", "keep");

    private static final String EXPECTED_PATH = "a path such as \"/v1/{id}\"";

    private final ObjectReader path;
    private final Findings findings;
    private boolean known;
    private boolean patternKnown;

    RouteReader(ObjectReader path, Findings findings) {
        this.path = path;
        this.findings = findings;
        this.known = path.isComplete();
    }

    RouteConfig read() {
        int errors = findings.errors();
        path.require("method");
        path.require("path");
        RouteConfig route = new RouteConfig(
                methods(),
                pattern(),
                match(),
                path.word("encoded_slashes", ENCODED_SLASHES).equals("keep"));
        known &= findings.errors() == errors;
        return route;
    }

    /** Whether the route was read without error and without a reference left unresolved, so that it can be compared with others. */
    boolean isKnown() {
        return known;
    }

    /** Whether the path is there as a pattern, so that a rewrite can be held to it. */
    boolean isPatternKnown() {
        return patternKnown;
    }

    private List<String> methods() {
        Node value = path.value("method");
        if (value == null) {
            return List.of();
        }
        if (value instanceof Text one) {
            return List.of(method(one));
        }
        if (!(value instanceof Arr)) {
            findings.wrongType(value, "a method or an array of methods");
            return List.of();
        }
        List<String> methods = new ArrayList<>();
        for (Node item : path.someItems("method")) {
            Text text = path.text(item, "a method such as \"GET\"");
            if (text == null) {
                continue;
            }
            String method = method(text);
            if (methods.contains(method)) {
                findings.unfit(text, Rule.VALUE, "another method", "the method " + text.shown() + " is there twice");
            } else {
                methods.add(method);
            }
        }
        if (methods.size() > 1 && methods.contains("ANY")) {
            findings.error(Rule.VALUE, value.offset(), "\"ANY\" stands alone: it takes every method");
        }
        return methods;
    }

    private String method(Text text) {
        known &= !text.isOpaque();
        if (!text.isOpaque() && !METHODS.contains(text.value())) {
            String expected = ObjectReader.alternatives(METHODS);
            String hint = Names.hint(text.value(), METHODS);
            String message = "unknown method " + text.shown() + (hint.isEmpty() ? "; expected " + expected : hint);
            findings.unfit(text, Rule.VALUE, expected, message);
        }
        return text.value();
    }

    private PathPattern pattern() {
        Text text = path.text("path", EXPECTED_PATH);
        if (text == null) {
            return new PathPattern("", List.of());
        }
        if (text.isSecret()) {
            findings.error(Rule.SECRET_AS_NAME, text.offset(), ObjectReader.SECRET_AS_NAME);
        }
        if (text.isOpaque()) {
            known = false;
            return new PathPattern(text.value(), List.of(new Literal(text.value())));
        }
        try {
            PathPattern pattern = PathPattern.parse(text.value());
            patternKnown = true;
            if (text.origin() == null) {
                warnOfOtherSpellings(text, pattern);
            }
            return pattern;
        } catch (InvalidPattern e) {
            findings.unfit(text, Rule.PATH, EXPECTED_PATH, e.message());
            return new PathPattern(text.value(), List.of());
        }
    }

    /** What other routers write for a parameter or a wildcard is text like any other here. */
    private void warnOfOtherSpellings(Text text, PathPattern pattern) {
        for (PathPattern.Segment segment : pattern.segments()) {
            if (segment instanceof Literal(String literal)
                    && (literal.startsWith(":") || literal.startsWith("<") || literal.contains("*"))) {
                findings.warning(
                        Rule.PATH,
                        text.offset(),
                        Names.quoted(literal) + " is text here: a parameter is written {id}, the rest of a path {.+}");
            }
        }
    }

    private MatchConfig match() {
        ObjectReader match = path.object("match", MATCH);
        if (match == null) {
            return MatchConfig.NONE;
        }
        List<String> hosts = new ArrayList<>();
        for (Node item : match.someItems("host")) {
            Text text = match.text(item, "a host such as \"api.example.com\"");
            if (text != null) {
                addHost(text, hosts);
            }
        }
        List<Member> headers = match.entries("headers");
        List<Member> query = match.entries("query");
        return new MatchConfig(hosts, Fields.conditions(known(headers), findings), strings(known(query)));
    }

    private void addHost(Text text, List<String> hosts) {
        known &= !text.isOpaque();
        String host = text.isOpaque() ? text.value() : text.value().toLowerCase(Locale.ROOT);
        if (hosts.contains(host)) {
            findings.unfit(text, Rule.HOST, "another host", "the host " + text.shown() + " is there twice");
            return;
        }
        hosts.add(host);
        if (!text.isOpaque()) {
            try {
                Host.parse(host);
            } catch (InvalidHost e) {
                boolean port = host.startsWith("[") ? host.contains("]:") : host.indexOf(':') >= 0;
                String reason = port ? "a condition's host is without port" : e.message();
                findings.unfit(text, Rule.HOST, "a host without port", text.shown() + " is no host: " + reason);
            }
        }
    }

    private List<Member> known(List<Member> members) {
        for (Member member : members) {
            known &= !(member.value() instanceof Text text && text.isOpaque());
        }
        return members;
    }

    private Map<String, String> strings(List<Member> members) {
        Map<String, String> strings = new LinkedHashMap<>();
        for (Member member : members) {
            Text text = path.text(member.value(), "a string");
            strings.putIfAbsent(member.key(), text == null ? "" : text.value());
        }
        return strings;
    }
}
