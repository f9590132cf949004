package multicloud.gateway.transport;

import java.io.IOException;
import java.io.InputStream;

/** What the peer sends. */
final class WireInput extends InputStream {
    private final Wire wire;

    WireInput(Wire wire) {
        this.wire = wire;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return wire.read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        return wire.read(bytes, from, length);
    }

    @Override
    public int available() throws IOException {
        return wire.hasInput() ? 1 : 0;
    }

    @Override
    public void close() {
        wire.close();
    }
}
