package multicloud.gateway.route;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import multicloud.gateway.config.PathConfig.MatchConfig;
import multicloud.gateway.http.Exchange;
import multicloud.gateway.http.Query;
import multicloud.gateway.route.Candidate.Reason;
import org.jspecify.annotations.Nullable;

/** A route's conditions on host, headers and query. A field or parameter that comes several times holds only as a whole. */
final class Conditions {
    private final MatchConfig match;

    Conditions(MatchConfig match) {
        this.match = match;
    }

    /** The kind of the first that does not hold, or null. */
    @Nullable
    Reason failing(Exchange exchange) {
        if (!hostHolds(exchange)) {
            return Reason.HOST;
        }
        if (!headersHold(exchange)) {
            return Reason.HEADER;
        }
        return queryHolds(exchange) ? null : Reason.QUERY;
    }

    /** The same for a preflight, which does not have the headers of the request it asks for (Fetch, section 4.8). */
    @Nullable
    Reason failingForPreflight(Exchange exchange) {
        if (!hostHolds(exchange)) {
            return Reason.HOST;
        }
        return queryHolds(exchange) ? null : Reason.QUERY;
    }

    private boolean hostHolds(Exchange exchange) {
        String host = withoutPort(exchange.client().host());
        return match.hosts().isEmpty() || host != null && match.hosts().contains(host);
    }

    private boolean headersHold(Exchange exchange) {
        for (Map.Entry<String, String> header : match.headers().entrySet()) {
            if (!header.getValue().equals(exchange.request().headers().joined(header.getKey()))) {
                return false;
            }
        }
        return true;
    }

    private boolean queryHolds(Exchange exchange) {
        for (Map.Entry<String, String> parameter : match.query().entrySet()) {
            List<String> values = Query.values(exchange.request().target().query(), parameter.getKey());
            if (values.isEmpty() || !values.stream().allMatch(parameter.getValue()::equals)) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable String withoutPort(@Nullable String authority) {
        if (authority == null) {
            return null;
        }
        int colon = authority.lastIndexOf(':');
        boolean port = colon > authority.lastIndexOf(']');
        return (port ? authority.substring(0, colon) : authority).toLowerCase(Locale.ROOT);
    }
}
