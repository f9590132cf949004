package multicloud.gateway.transport;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLSocket;
import multicloud.gateway.http.Deadline;
import multicloud.gateway.http.Failure;

/** Makes connections: looks the name up, refuses addresses, tries the others in turn, and speaks TLS. Safe for use by many threads. */
final class Dialer {
    private final Lookup lookup;
    private final AddressGuard guard;
    private final Tls tls;
    private final OpenWires open;
    private final Watchdog watchdog;

    Dialer(Lookup lookup, AddressGuard guard, Tls tls, OpenWires open, Watchdog watchdog) {
        this.lookup = lookup;
        this.guard = guard;
        this.tls = tls;
        this.open = open;
        this.watchdog = watchdog;
    }

    /** A new connection to an origin, ready to be used, within {@code limit}. */
    Http1Connection dial(Origin origin, Deadline limit) throws CallFailure {
        Wire wire = connect(allowed(origin, lookup.addresses(origin.host(), limit)), origin.port(), limit);
        try {
            SSLSocket secured = origin.secure() ? tls.secure(wire, origin) : null;
            return new Http1Connection(origin, wire, secured);
        } catch (IOException e) {
            wire.close();
            throw new CallFailure(Stage.TLS, wire.expired() ? Failure.UPSTREAM_TIMEOUT : Failure.UPSTREAM_TLS, e);
        } catch (RuntimeException e) {
            wire.close();
            throw e;
        }
    }

    private List<InetAddress> allowed(Origin origin, List<InetAddress> addresses) throws CallFailure {
        List<InetAddress> allowed = new ArrayList<>(addresses.size());
        for (InetAddress address : addresses) {
            if (guard.allows(origin.addresses(), address, origin.port())) {
                allowed.add(address);
            }
        }
        if (allowed.isEmpty()) {
            IOException refused = new ConnectException("every address of the upstream is refused by the address rules");
            throw new CallFailure(Stage.ADDRESS, Failure.ADDRESS_REFUSED, refused);
        }
        return allowed;
    }

    /** Each address gets an equal share of the time that is left, so that a dead one does not use up that of the next. */
    private Wire connect(List<InetAddress> addresses, int port, Deadline limit) throws CallFailure {
        IOException last = new ConnectException("no time is left");
        for (int i = 0; i < addresses.size(); i++) {
            long share = limit.remainingNanos() / (addresses.size() - i);
            if (share <= 0) {
                throw new CallFailure(Stage.CONNECT, Failure.UPSTREAM_TIMEOUT, last);
            }
            try {
                Wire wire =
                        Wire.connect(addresses.get(i), port, limit.orAfter(Duration.ofNanos(share)), open, watchdog);
                wire.within(limit);
                return wire;
            } catch (IOException e) {
                last = e;
            }
        }
        boolean tooSlow = last instanceof SocketTimeoutException;
        throw new CallFailure(Stage.CONNECT, tooSlow ? Failure.UPSTREAM_TIMEOUT : Failure.UPSTREAM_UNREACHABLE, last);
    }
}
