package multicloud.gateway.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import multicloud.gateway.http1.ChunkedBody;
import multicloud.gateway.http1.Framing;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpServerConnection;
import org.apache.hc.core5.http.impl.io.SocketHolder;
import org.apache.hc.core5.http.io.SessionInputBuffer;
import org.jspecify.annotations.Nullable;

/**
 * HttpCore's HTTP/1.1 connection on a client's {@link Wire}, with strict readers in place of its lenient ones. One thread reads at a
 * time and one writes, perhaps another.
 */
final class ServerConnection extends DefaultBHttpServerConnection {
    /** A head and a body of up to this many bytes together go out in one piece. */
    private static final int BUFFER = 8 * 1024;

    private static final Http1Config CONFIG =
            Http1Config.custom().setBufferSize(BUFFER).setChunkSizeHint(BUFFER).build();

    private final Wire wire;

    ServerConnection(Wire wire, RequestHeadParser parser, ResponseHeadWriter writer) throws IOException {
        super(
                "http",
                CONFIG,
                null,
                null,
                message -> ((RequestHead) message).length(),
                message -> ((OutgoingResponse) message).length(),
                config -> parser,
                () -> writer);
        this.wire = wire;
        bind(new Watched(wire));
    }

    Wire wire() {
        return wire;
    }

    /** The next request's head, or null when the client has closed where one would begin. */
    @Nullable
    RequestHead receive() throws IOException {
        try {
            return (RequestHead) receiveRequestHeader();
        } catch (HttpException e) {
            throw new IOException(e);
        }
    }

    /** The content of the request whose head was just received, which has one. */
    InputStream content(RequestHead head) throws IOException {
        try {
            receiveRequestEntity(head);
            return head.getEntity().getContent();
        } catch (HttpException e) {
            throw new IOException(e);
        }
    }

    @Override
    protected InputStream createContentInputStream(long length, SessionInputBuffer buffer, InputStream in) {
        return length == Framing.CHUNKED
                ? new ChunkedBody(buffer, in)
                : super.createContentInputStream(length, buffer, in);
    }

    @Override
    public void sendResponseHeader(ClassicHttpResponse response) throws IOException {
        try {
            super.sendResponseHeader(response);
        } catch (HttpException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void sendResponseEntity(ClassicHttpResponse response) throws IOException {
        try {
            super.sendResponseEntity(response);
        } catch (HttpException e) {
            throw new IOException(e);
        }
    }

    /** Leads HttpCore to the streams that know how long the client has been waited for. */
    private static final class Watched extends SocketHolder {
        private final Wire wire;

        Watched(Wire wire) {
            super(wire.socket());
            this.wire = wire;
        }

        @Override
        protected InputStream getInputStream(Socket socket) {
            return wire.in();
        }

        @Override
        protected OutputStream getOutputStream(Socket socket) {
            return wire.out();
        }
    }
}
