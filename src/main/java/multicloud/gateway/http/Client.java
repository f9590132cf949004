package multicloud.gateway.http;

import org.jspecify.annotations.Nullable;

/**
 * Who sent a request, as the edge saw it itself, or as a trusted proxy did: nothing of it is taken from a header the client could
 * forge but the host.
 *
 * @param ip the immediate peer's address, or that of the proxy's peer
 * @param scheme {@code http} or {@code https}
 * @param host the Host (or authority) the client asked for, with its port where it named one
 * @param port the port the client connected to
 * @param caller who signed it with AWS credentials; null where AWS has made sure of nobody
 */
public record Client(
        String ip,
        String scheme,
        @Nullable String host,
        int port,
        @Nullable Caller caller) {
    /** A client of which AWS says nothing. */
    public Client(String ip, String scheme, @Nullable String host, int port) {
        this(ip, scheme, host, port, null);
    }
}
