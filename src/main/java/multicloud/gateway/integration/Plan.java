package multicloud.gateway.integration;

import java.util.List;
import multicloud.gateway.http.Response;
import multicloud.gateway.mapping.HeaderChanges;

/** What would become of an exchange, as far as it is known before it is served. Immutable. */
public sealed interface Plan {
    /**
     * A server would be asked.
     *
     * @param server its alias
     * @param method the method it would be asked with
     * @param destinations its targets
     * @param headers what the mapping does to the request's fields
     */
    record Call(String server, String method, List<Destination> destinations, HeaderChanges headers) implements Plan {
        public Call {
            destinations = List.copyOf(destinations);
        }
    }

    /**
     * A target that may be asked.
     *
     * @param name the target's
     * @param url what it would be asked for
     * @param priority a lower number goes first
     * @param share which part of the requests it gets as long as all targets answer, from 0 to 1
     */
    record Destination(String name, String url, int priority, double share) {}

    /** The gateway would answer by itself. */
    record Answer(Response response) implements Plan {}
}
