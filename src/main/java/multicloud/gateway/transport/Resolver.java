package multicloud.gateway.transport;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Looks names up. Called by many threads at once; may block, since no call waits for it longer than its own budget. */
@FunctionalInterface
public interface Resolver {

    /**
     * The addresses of a name, the preferred one first.
     *
     * @throws UnknownHostException when the name has none
     */
    List<InetAddress> resolve(String name) throws UnknownHostException;

    /**
     * The JDK's resolver, with answers kept for 10 s and failures for 1 s: upstreams behind load balancers change their addresses
     * at will. These two are security properties of the whole JVM, set when this resolver is first used.
     */
    static Resolver system() {
        return SystemResolver.INSTANCE;
    }
}
