package multicloud.gateway.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import multicloud.gateway.Explanation;
import multicloud.gateway.Explanation.CorsAnswer;
import multicloud.gateway.config.AuthConfig;
import multicloud.gateway.config.PathPattern.Literal;
import multicloud.gateway.http.Failure;
import multicloud.gateway.http.FieldText;
import multicloud.gateway.http.Headers;
import multicloud.gateway.http.RequestTarget;
import multicloud.gateway.http.Response;
import multicloud.gateway.integration.Plan;
import multicloud.gateway.policy.Cors;
import multicloud.gateway.route.Candidate;
import multicloud.gateway.route.Candidate.Reason;
import multicloud.gateway.route.Route;
import org.jspecify.annotations.Nullable;

/** Shows an explanation to a person: first what would become of the request and why no other route takes it, then all the rest. */
final class ExplanationScreen {
    private static final int MOST_OTHERS = 12;
    private static final int LABEL = 10;

    private final Style style;
    private final List<String> lines = new ArrayList<>();

    ExplanationScreen(Style style) {
        this.style = style;
    }

    List<String> lines(String method, RequestTarget target, Explanation explanation) throws IOException {
        lines.add(style.bold(Glyph.shown(method + " " + target.text())));
        lines.add("");
        Route route = explanation.decision().route();
        add("route", List.of(route == null ? style.yellow("none") : name(route)));
        switch (explanation.plan()) {
            case Plan.Call call -> add("goes to", destinations(call));
            case Plan.Answer(Response response) -> add("answer", List.of(status(response)));
        }
        add("not", others(target, explanation.decision().others()));
        lines.add("");
        List<String> params = new ArrayList<>();
        explanation.decision().params().forEach((name, value) -> params.add(Glyph.shown(name + " = " + value)));
        add("params", params);
        if (route != null) {
            add("auth", List.of(auth(explanation.auth())));
        }
        if (route != null || explanation.cors() != null) {
            add("cors", cors(explanation.cors()));
        }
        switch (explanation.plan()) {
            case Plan.Call call -> add("headers", changes(call));
            case Plan.Answer(Response response) -> add("response", content(response));
        }
        return lines;
    }

    private List<String> destinations(Plan.Call call) {
        List<String> rows = new ArrayList<>();
        rows.add(style.green(Glyph.shown(call.server())));
        for (Plan.Destination destination : call.destinations()) {
            String turn = String.format(
                    Locale.ROOT,
                    "  %s, priority %d, %.0f %%",
                    destination.name(),
                    destination.priority(),
                    100 * destination.share());
            boolean only = call.destinations().size() == 1;
            rows.add(style.bold(Glyph.shown(destination.url())) + (only ? "" : style.dim(Glyph.shown(turn))));
        }
        return rows;
    }

    private String status(Response response) {
        String status = Integer.toString(response.status());
        return (response.status() < 400 ? style.green(status) : style.yellow(status))
                + style.dim("  by the gateway itself");
    }

    /** Those whose paths match, then those that begin alike, and how many more there are. */
    private List<String> others(RequestTarget target, List<Candidate> others) {
        List<Candidate> near = Stream.concat(
                        others.stream().filter(other -> other.reason() != Reason.PATH),
                        others.stream()
                                .filter(other -> other.reason() == Reason.PATH && beginsAlike(other.route(), target)))
                .limit(MOST_OTHERS)
                .toList();
        int width = near.stream()
                .mapToInt(other -> name(other.route()).length())
                .max()
                .orElse(0);
        List<String> rows = new ArrayList<>();
        for (Candidate other : near) {
            String name = name(other.route());
            rows.add(name + " ".repeat(width - name.length()) + style.dim("  " + why(other.reason())));
        }
        int more = others.size() - near.size();
        if (more > 0) {
            rows.add(style.dim((near.isEmpty() ? "" : "and ") + more + (more == 1 ? " other" : " others")));
        }
        return rows;
    }

    private static boolean beginsAlike(Route route, RequestTarget target) {
        return !route.config().pattern().segments().isEmpty()
                && route.config().pattern().segments().getFirst() instanceof Literal(String first)
                && (target.path() + "/").startsWith("/" + first + "/");
    }

    private static String why(Reason reason) {
        return switch (reason) {
            case PATH -> "another path";
            case METHOD -> "another method";
            case HOST -> "another host";
            case HEADER -> "a condition on a header does not hold";
            case QUERY -> "a condition on the query does not hold";
            case PRECEDENCE -> "matches too, but comes later";
        };
    }

    private static String name(Route route) {
        return Routes.name(route.config(), route.index());
    }

    private String auth(@Nullable AuthConfig auth) {
        if (auth == null) {
            return style.dim("none");
        }
        StringBuilder demand = new StringBuilder(auth.authorizer());
        if (!auth.scopes().isEmpty()) {
            demand.append(", scopes ").append(String.join(" ", auth.scopes()));
        }
        new TreeMap<>(auth.claims())
                .forEach((name, values) ->
                        demand.append(", ").append(name).append(' ').append(String.join("|", values)));
        return Glyph.shown(demand.toString());
    }

    private List<String> cors(@Nullable CorsAnswer cors) {
        if (cors == null) {
            return List.of(style.dim("off"));
        }
        return cors.origin() == null ? List.of("no word of it to this origin") : fields(cors.headers(), name -> true);
    }

    private List<String> changes(Plan.Call call) {
        List<String> changes = new ArrayList<>();
        call.headers().set().forEach((name, value) -> {
            String text = Glyph.shown(value.text());
            changes.add(Glyph.shown(name) + ": " + (value.exact() ? text : style.cyan(text)));
        });
        call.headers().removed().forEach(name -> changes.add(Glyph.shown(name) + style.dim(" is removed")));
        return changes;
    }

    private static List<String> content(Response response) throws IOException {
        List<String> content = fields(response.headers(), name -> !Cors.isField(name));
        String body = new String(response.body().bytes(Integer.MAX_VALUE, Failure.RESPONSE_TOO_LARGE), UTF_8);
        if (!body.isEmpty()) {
            content.add(Glyph.shown(body));
        }
        return content;
    }

    private static List<String> fields(Headers headers, Predicate<String> shown) {
        List<String> fields = new ArrayList<>();
        headers.forEach((name, value) -> {
            if (shown.test(name)) {
                fields.add(Glyph.shown(name + ": " + FieldText.toText(value)));
            }
        });
        return fields;
    }

    private void add(String label, List<String> values) {
        for (int i = 0; i < values.size(); i++) {
            String shown = i == 0 ? label : "";
            lines.add(style.dim(shown) + " ".repeat(LABEL - shown.length()) + values.get(i));
        }
    }
}
