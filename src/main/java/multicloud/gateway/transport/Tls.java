package multicloud.gateway.transport;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * TLS to origins: 1.2 or later, the certificate checked for the origin's host (RFC 9110, section 4.3.4), sessions reused since all
 * connections share one factory. The factory is made when the first secure connection is, for reading the trusted certificates
 * takes long. Safe for use by many threads.
 */
final class Tls {
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    private final Supplier<SSLSocketFactory> supplier;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable SSLSocketFactory factory;

    Tls(Supplier<SSLSocketFactory> supplier) {
        this.supplier = supplier;
    }

    /** Makes the wire secure; returns when the handshake is over, within the wire's limit. */
    SSLSocket secure(Wire wire, Origin origin) throws IOException {
        String host = origin.host();
        String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        SSLSocket socket = (SSLSocket) factory().createSocket(wire, name, origin.port(), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setProtocols(PROTOCOLS);
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setServerNames(Lookup.literal(host) == null ? List.of(serverName(name)) : List.of());
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    private static SNIHostName serverName(String name) throws SSLException {
        try {
            return new SNIHostName(name);
        } catch (IllegalArgumentException e) {
            throw new SSLException("no host name that TLS can ask for: " + name, e);
        }
    }

    private SSLSocketFactory factory() {
        SSLSocketFactory made = factory;
        if (made != null) {
            return made;
        }
        lock.lock();
        try {
            if (factory == null) {
                factory = supplier.get();
            }
            return factory;
        } finally {
            lock.unlock();
        }
    }
}
