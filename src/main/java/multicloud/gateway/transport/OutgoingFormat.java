package multicloud.gateway.transport;

import java.io.IOException;
import java.io.OutputStream;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ContentLengthStrategy;
import org.apache.hc.core5.http.HttpMessage;
import org.apache.hc.core5.http.io.HttpMessageWriter;
import org.apache.hc.core5.http.io.HttpMessageWriterFactory;
import org.apache.hc.core5.http.io.SessionOutputBuffer;

/** How HttpCore learns the head and the length of an {@link OutgoingRequest}; one for all connections, for it has no state. */
final class OutgoingFormat
        implements ContentLengthStrategy,
                HttpMessageWriter<ClassicHttpRequest>,
                HttpMessageWriterFactory<ClassicHttpRequest> {
    static final OutgoingFormat INSTANCE = new OutgoingFormat();

    private OutgoingFormat() {}

    @Override
    public HttpMessageWriter<ClassicHttpRequest> create() {
        return this;
    }

    @Override
    public long determineLength(HttpMessage message) {
        return ((OutgoingRequest) message).length();
    }

    @Override
    public void write(ClassicHttpRequest message, SessionOutputBuffer buffer, OutputStream out) throws IOException {
        buffer.write(((OutgoingRequest) message).head(), out);
    }
}
