package multicloud.gateway.transport;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Every connection of a transport that is open, so that closing it closes them all. */
final class OpenWires {
    private final Set<Wire> wires = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** Takes a new one, unless the transport has been closed meanwhile. */
    void add(Wire wire) throws IOException {
        wires.add(wire);
        if (closed) {
            wires.remove(wire);
            throw new IOException("the transport has been closed");
        }
    }

    void remove(Wire wire) {
        wires.remove(wire);
    }

    int count() {
        return wires.size();
    }

    void closeAll() {
        closed = true;
        wires.forEach(Wire::close);
    }
}
