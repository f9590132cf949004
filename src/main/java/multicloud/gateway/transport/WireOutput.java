package multicloud.gateway.transport;

import java.io.IOException;
import java.io.OutputStream;

/** What the peer gets. */
final class WireOutput extends OutputStream {
    private final Wire wire;

    WireOutput(Wire wire) {
        this.wire = wire;
    }

    @Override
    public void write(int value) throws IOException {
        wire.write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        wire.write(bytes, from, length);
    }

    @Override
    public void close() {
        wire.close();
    }
}
