package multicloud.gateway.testing;

import java.io.IOException;
import multicloud.gateway.testing.RawClient.Answer;

/** A way into the gateway that turns somebody's bytes into exchanges. */
public interface Edge extends AutoCloseable {
    /**
     * Asks, and reads the whole answer.
     *
     * @throws IOException when the answer breaks off
     */
    Answer ask(Ask ask) throws IOException;

    /** The address a client of this edge has. */
    String clientIp();

    /** The scheme and the port a client of this edge asked for. */
    String clientScheme();

    int clientPort();

    @Override
    void close();
}
