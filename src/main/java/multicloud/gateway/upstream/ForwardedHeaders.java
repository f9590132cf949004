package multicloud.gateway.upstream;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import multicloud.gateway.http.Answers;
import multicloud.gateway.http.Client;
import multicloud.gateway.http.Exchange;
import multicloud.gateway.http.Grammar;
import multicloud.gateway.http.Headers;

/**
 * Which header fields pass the gateway, and which it writes itself.
 *
 * <p>Hop-by-hop fields, and those the Connection field names, stay behind both ways (RFC 9110, section 7.6.1). What a client says
 * of who it is and how it came is dropped and written anew from the connection, in whatever spelling it was sent.
 */
public final class ForwardedHeaders {
    /** The field that tells how often a request has passed a gateway (RFC 8586). */
    public static final String LOOP = "cdn-loop";

    /** The gateway's name in it. */
    public static final String LOOP_ID = "multicloud-gateway";

    private static final Set<String> HOP_BY_HOP = Set.of(
            "connection",
            "keep-alive",
            "proxy-connection",
            "proxy-authenticate",
            "proxy-authorization",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "http2-settings");

    /**
     * What a client says of its own connection, and what is written anew; also what makes some upstreams serve another path or method
     * than the one the route was found by, or (<a href="https://httpoxy.org">httpoxy</a>) call by a proxy of the client's.
     */
    private static final Set<String> KEPT_BACK = union(
            HOP_BY_HOP,
            Set.of(
                    "host",
                    "content-length",
                    "expect",
                    "forwarded",
                    "x-real-ip",
                    "x-forwarded",
                    "x-original-url",
                    "x-rewrite-url",
                    "x-http-method-override",
                    "x-http-method",
                    "x-method-override",
                    "proxy",
                    Answers.REQUEST_ID,
                    LOOP));

    private static final int OWN_FIELDS = 6;

    private ForwardedHeaders() {}

    /** The fields an upstream gets for this exchange. */
    public static Headers toUpstream(Exchange exchange) {
        Headers incoming = exchange.request().headers();
        Set<String> named = namedByConnection(incoming);
        Headers.Builder outgoing = Headers.builder(incoming.size() + OWN_FIELDS);
        for (int i = 0; i < incoming.size(); i++) {
            String name = Grammar.spelling(incoming.name(i));
            if (!KEPT_BACK.contains(name) && !name.startsWith("x-forwarded-") && !named.contains(name)) {
                outgoing.add(incoming.name(i), incoming.value(i));
            }
        }
        describe(exchange.client(), outgoing);
        String passed = incoming.joined(LOOP);
        return outgoing.add(LOOP, passed == null ? LOOP_ID : passed + ", " + LOOP_ID)
                .add(Answers.REQUEST_ID, exchange.id())
                .build();
    }

    /**
     * The fields a client gets of an upstream's answer.
     *
     * @param keepLength whether Content-Length speaks of something other than this message's body, as it does in the answer to
     *     HEAD and in a 304
     */
    public static Headers toClient(Headers answered, boolean keepLength) {
        Set<String> named = namedByConnection(answered);
        Headers.Builder outgoing = Headers.builder(answered.size());
        for (int i = 0; i < answered.size(); i++) {
            String name = answered.name(i).toLowerCase(Locale.ROOT);
            boolean framing = name.equals("content-length") && !keepLength;
            if (!framing
                    && !HOP_BY_HOP.contains(name)
                    && !name.startsWith("x-amzn-")
                    && !named.contains(Grammar.spelling(name))) {
                outgoing.add(answered.name(i), answered.value(i));
            }
        }
        return outgoing.build();
    }

    private static void describe(Client client, Headers.Builder outgoing) {
        outgoing.add("x-forwarded-for", client.ip());
        if (client.host() != null) {
            outgoing.add("x-forwarded-host", client.host());
        }
        outgoing.add("x-forwarded-proto", client.scheme());
        outgoing.add("x-forwarded-port", Integer.toString(client.port()));
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        Set<String> union = new HashSet<>(one);
        union.addAll(other);
        return Set.copyOf(union);
    }

    private static Set<String> namedByConnection(Headers headers) {
        if (!headers.contains("connection")) {
            return Set.of();
        }
        Set<String> named = new TreeSet<>();
        for (String value : headers.all("connection")) {
            for (String name : value.split(",", -1)) {
                named.add(Grammar.spelling(name.strip()));
            }
        }
        return named;
    }
}
