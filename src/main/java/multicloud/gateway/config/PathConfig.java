package multicloud.gateway.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import multicloud.gateway.http.Timeouts;
import org.jspecify.annotations.Nullable;

/**
 * An entry of {@code paths}.
 *
 * @param index its place in the document, from 0
 * @param route what it matches
 * @param integration what it ends in
 * @param policies what holds for its requests
 */
public record PathConfig(int index, RouteConfig route, IntegrationConfig integration, PolicyConfig policies) {
    /** Its place alone: values may be secrets. */
    @Override
    public String toString() {
        return "PathConfig[/paths/" + index + "]";
    }

    /**
     * What a path matches.
     *
     * @param methods upper-case; {@code ANY} alone stands for all seven
     * @param keepEncodedSlashes whether {@code %2F} is accepted within a segment; default false
     */
    public record RouteConfig(
            List<String> methods, PathPattern pattern, MatchConfig match, boolean keepEncodedSlashes) {
        public RouteConfig {
            methods = List.copyOf(methods);
        }

        /** Whether it takes every method. */
        public boolean any() {
            return methods.contains("ANY");
        }

        /** The methods in alphabetical order. */
        public SortedSet<String> sortedMethods() {
            return new TreeSet<>(methods);
        }
    }

    /**
     * Conditions beside method and path; all must hold.
     *
     * @param hosts in lower case, one of them must be the request's; empty: any
     * @param headers lower-case names and the exact values
     * @param query names and the exact values
     */
    public record MatchConfig(List<String> hosts, Map<String, String> headers, Map<String, String> query) {
        public static final MatchConfig NONE = new MatchConfig(List.of(), Map.of(), Map.of());

        public MatchConfig {
            hosts = List.copyOf(hosts);
            headers = Map.copyOf(headers);
            query = Map.copyOf(query);
        }

        /** The names alone: values may be secrets. */
        @Override
        public String toString() {
            return "MatchConfig[hosts=" + hosts + ", headers=" + headers.keySet() + ", query=" + query.keySet() + "]";
        }

        /** How many conditions there are; the hosts together are one. */
        public int count() {
            return (hosts.isEmpty() ? 0 : 1) + headers.size() + query.size();
        }
    }

    /**
     * What holds for a path's requests: its own over its server's (for timeouts) over the document's over the defaults.
     *
     * @param bodyLimit the most bytes of a request's body; default 6 MB
     */
    public record PolicyConfig(Timeouts timeouts, long bodyLimit, Access access, MappingConfig mapping) {}

    /**
     * Who may send a path's requests, and how far they may get.
     *
     * @param auth whom it lets in; null for everybody
     * @param cors which pages of other origins may read its answers; null where the gateway has no say in it
     * @param residency the jurisdictions they may reach; null for any
     */
    public record Access(
            @Nullable AuthConfig auth,
            @Nullable CorsConfig cors,
            @Nullable List<String> residency) {
        public static final Access OPEN = new Access(null, null, null);

        public Access {
            residency = residency == null ? null : List.copyOf(residency);
        }
    }

    /** What a path ends in. */
    public sealed interface IntegrationConfig {}

    /**
     * A call to a server.
     *
     * @param rewrite the path to send instead of the request's own, or null
     */
    public record HttpProxy(String server, @Nullable Rewrite rewrite) implements IntegrationConfig {}

    /**
     * A step of a login.
     *
     * @param type the integration's type as written
     * @param authorizer the alias of whom people log in with
     */
    public record LoginStep(String type, Step step, String authorizer) implements IntegrationConfig {}

    /** The steps of a login. */
    public enum Step {
        /** Sends a browser to the provider. */
        LOGIN,
        /** Exchanges the code that the browser comes back with for tokens. */
        CALLBACK,
        /** Says what the provider knows of the one whose access token came. */
        USERINFO,
        /** Exchanges a refresh token for new tokens. */
        REFRESH
    }

    /**
     * A step of a login by a one-time code of Supabase.
     *
     * @param type the integration's type as written
     * @param url where Supabase is; null where the environment does not say
     * @param key what may do all this there; null where the environment does not say
     */
    public record SupabaseStep(
            String type,
            OneTimeCode step,
            @Nullable EndpointUrl url,
            @Nullable Secret key) implements IntegrationConfig {}

    /** What is done with a one-time code. */
    public enum OneTimeCode {
        /** It is sent by mail or message. */
        SEND,
        /** It is sent by mail. */
        SEND_BY_MAIL,
        /** It is exchanged for a session. */
        VERIFY
    }

    /**
     * A fixed answer.
     *
     * @param status default 200
     * @param headers as the document has them, in its order
     * @param json the body as JSON text, or null for an empty body
     */
    public record StaticAnswer(
            int status,
            Map<String, String> headers,
            @Nullable String json) implements IntegrationConfig {
        public StaticAnswer {
            headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        }

        /** The status alone: values may be secrets. */
        @Override
        public String toString() {
            return "StaticAnswer[" + status + "]";
        }
    }
}
