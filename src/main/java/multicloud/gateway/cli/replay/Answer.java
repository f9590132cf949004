package multicloud.gateway.cli.replay;

import java.util.ArrayList;
import java.util.List;
import multicloud.gateway.Explanation;
import multicloud.gateway.config.AuthConfig;
import multicloud.gateway.config.GatewayConfig;
import multicloud.gateway.config.PathPattern;
import multicloud.gateway.config.PathPattern.InvalidPattern;
import multicloud.gateway.integration.Plan;
import multicloud.gateway.route.Route;
import org.jspecify.annotations.Nullable;

/**
 * What a document would answer.
 *
 * @param status the gateway's own; null when a server is asked
 * @param route the path of who takes it; null for nobody
 * @param server the alias of who is asked; null for nobody
 * @param authorizer the alias of who lets it in; null where everybody is let in
 * @param bodyLimit the most bytes of its body
 */
record Answer(
        @Nullable Integer status,
        @Nullable PathPattern route,
        @Nullable String server,
        @Nullable String authorizer,
        long bodyLimit) {

    static Answer of(Explanation explanation, GatewayConfig config) {
        Route route = explanation.decision().route();
        AuthConfig auth = explanation.auth();
        long limit = route == null
                ? Long.MAX_VALUE
                : config.paths().get(route.index()).policies().bodyLimit();
        PathPattern pattern = route == null ? null : route.config().pattern();
        String authorizer = auth == null ? null : auth.authorizer();
        return switch (explanation.plan()) {
            case Plan.Call call -> new Answer(null, pattern, call.server(), authorizer, limit);
            case Plan.Answer(var response) -> new Answer(response.status(), pattern, null, authorizer, limit);
        };
    }

    /** What is not the same for a request that was answered otherwise; nothing when it is answered alike. */
    List<String> differences(LoggedRequest logged) {
        String before = logged.outcome().route();
        if (before == null || route == null) {
            return routed(before, logged.status());
        }
        List<String> differences = new ArrayList<>();
        if (!isSameShape(before, route)) {
            differences.add("other route: " + route.text() + ", was " + before);
        }
        addServer(logged, differences);
        addAuth(logged, differences);
        if (logged.bytesIn() > bodyLimit && logged.status() != 413) {
            differences.add("413: its body has more than " + bodyLimit + " bytes");
        }
        return differences;
    }

    private List<String> routed(@Nullable String before, int logged) {
        boolean unrouted = logged == 404 || logged == 405;
        if (before == null && route == null) {
            return unrouted && status != null && status != logged ? List.of(status + ", was " + logged) : List.of();
        }
        if (route == null) {
            return List.of(status + ", was taken by " + before);
        }
        return unrouted ? List.of("taken by " + route.text() + " (" + end() + "), was " + logged) : List.of();
    }

    private void addServer(LoggedRequest logged, List<String> differences) {
        String before = logged.outcome().server();
        if (before == null && server != null && !logged.isRefused()) {
            differences.add("goes to " + server + ", was answered " + logged.status() + " by the gateway");
        } else if (before != null && !before.equals(server) && !refusesAsBefore(logged)) {
            differences.add("other server: " + end() + ", was " + before);
        }
    }

    /** Whether the gateway refuses what it has refused already, after it knew the server. */
    private boolean refusesAsBefore(LoggedRequest logged) {
        return logged.outcome().code() != null && status != null && status == logged.status();
    }

    private void addAuth(LoggedRequest logged, List<String> differences) {
        String before = logged.outcome().authorizer();
        if (authorizer == null && (before != null || logged.status() == 401 && logged.isRefused())) {
            differences.add(
                    "everybody is let in, was " + (before == null ? "refused with 401" : "let in by " + before));
        } else if (authorizer != null && before == null && !logged.isRefused()) {
            differences.add("only whom " + authorizer + " knows is let in, was open to everybody");
        } else if (authorizer != null && before != null && !before.equals(authorizer)) {
            differences.add("other authorizer: " + authorizer + ", was " + before);
        }
    }

    private String end() {
        return server == null ? "answered " + status + " by the gateway" : server;
    }

    /** What the parameters are called means nothing. */
    private static boolean isSameShape(String before, PathPattern after) {
        try {
            return PathPattern.parse(before).shape().equals(after.shape());
        } catch (InvalidPattern e) {
            return before.equals(after.text());
        }
    }
}
