package multicloud.gateway.policy;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import multicloud.gateway.config.CorsConfig;
import multicloud.gateway.http.Answers;
import multicloud.gateway.http.Body;
import multicloud.gateway.http.Exchange;
import multicloud.gateway.http.Grammar;
import multicloud.gateway.http.Handler;
import multicloud.gateway.http.Headers;
import multicloud.gateway.http.Response;
import org.jspecify.annotations.Nullable;

/**
 * Says which pages of other origins may read an answer (Fetch, section 3.2), on every answer of a path, the gateway's own errors too.
 * What an upstream says about it is taken off. Origins are compared byte for byte; one that does not match gets no word of it.
 */
public final class Cors implements Policy {
    /** The field that says whose pages may read an answer. */
    public static final String ORIGIN = "access-control-allow-origin";

    private static final String PREFIX = "access-control-";
    private static final String METHODS = "access-control-allow-methods";
    private static final String NAMES = "access-control-allow-headers";
    private static final String ANY = "*";
    private static final int NO_CONTENT = 204;

    private final CorsConfig config;
    private final Headers always;

    public Cors(CorsConfig config) {
        this.config = config;
        Headers.Builder headers = Headers.builder();
        if (!echoes(config.permissions().methods())) {
            addList(headers, METHODS, config.permissions().methods());
        }
        if (!echoes(config.permissions().headers())) {
            addList(headers, NAMES, config.permissions().headers());
        }
        addList(headers, "access-control-expose-headers", config.exposeHeaders());
        if (config.credentials()) {
            headers.add("access-control-allow-credentials", "true");
        }
        if (config.maxAge() >= 0) {
            headers.add("access-control-max-age", Integer.toString(config.maxAge()));
        }
        this.always = headers.build();
    }

    /** Whether what a preflight asks for is said instead of the star, which a browser takes literally with credentials. */
    private boolean echoes(List<String> names) {
        return config.credentials() && names.contains(ANY);
    }

    private static void addList(Headers.Builder headers, String name, Collection<String> values) {
        if (!values.isEmpty()) {
            headers.add(name, String.join(",", values));
        }
    }

    @Override
    public Handler around(Handler next) {
        return exchange -> decorated(next.handle(exchange), exchange, always);
    }

    /**
     * The answer to a preflight for a method that is taken: permission, where the origin matches.
     *
     * @param taken the methods that are, for a document that names none
     */
    public Response preflight(Exchange exchange, SortedSet<String> taken) {
        Headers.Builder permission = always.toBuilder();
        List<String> methods = config.permissions().methods();
        if (methods.isEmpty()) {
            addList(permission, METHODS, taken);
        } else if (echoes(methods)) {
            echo(exchange, "access-control-request-method", METHODS, permission);
        }
        if (echoes(config.permissions().headers())) {
            echo(exchange, "access-control-request-headers", NAMES, permission);
        }
        return decorated(nothing(exchange, Headers.empty()), exchange, permission.build());
    }

    /** The answer to a preflight that nobody can permit: its page may read why. */
    public Policy toRefusedPreflight() {
        return next -> exchange -> decorated(next.handle(exchange), exchange, Headers.empty());
    }

    /** The answer to OPTIONS that is no preflight. */
    public Response options(Exchange exchange, SortedSet<String> allowed) {
        Headers allow = Headers.of("allow", String.join(", ", allowed));
        return decorated(nothing(exchange, allow), exchange, always);
    }

    private static Response nothing(Exchange exchange, Headers headers) {
        Headers all = headers.toBuilder().add(Answers.REQUEST_ID, exchange.id()).build();
        return new Response(NO_CONTENT, all, Body.absent());
    }

    private static void echo(Exchange exchange, String asked, String permitted, Headers.Builder permission) {
        String names = exchange.request().headers().joined(asked);
        permission.add("vary", asked);
        if (names != null
                && Arrays.stream(names.split(",", -1)).map(String::strip).allMatch(Grammar::isToken)) {
            permission.add(permitted, names);
        }
    }

    /** The answer without what an upstream says of CORS, and with what the gateway does. */
    private Response decorated(Response response, Exchange exchange, Headers permission) {
        Headers.Builder headers = response.headers().toBuilder().removeIf(Cors::isField);
        String origin = permitted(exchange.request().headers());
        if (origin != null) {
            headers.add(ORIGIN, origin);
            permission.forEach(headers::add);
        }
        if (!varies(response.headers())) {
            headers.add("vary", "Origin");
        }
        return response.withHeaders(headers.build());
    }

    /** Whether a field of that name is about CORS. */
    public static boolean isField(String name) {
        return name.regionMatches(true, 0, PREFIX, 0, PREFIX.length());
    }

    /** The origin that is let in, as it is to be said; null where the request's is not, or has none. */
    private @Nullable String permitted(Headers asked) {
        String origin = asked.joined("origin");
        if (origin == null) {
            return null;
        }
        if (config.anyOrigin()) {
            return ANY;
        }
        return config.origins().stream().anyMatch(pattern -> pattern.matches(origin)) ? origin : null;
    }

    private static boolean varies(Headers headers) {
        return Grammar.lists(headers, "vary", "Origin") || Grammar.lists(headers, "vary", ANY);
    }
}
