package multicloud.gateway.transport;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.nio.channels.ClosedChannelException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import multicloud.gateway.http.Failure;
import multicloud.gateway.http1.ChunkedBody;
import multicloud.gateway.http1.MalformedException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.io.SessionInputBuffer;
import org.apache.hc.core5.io.CloseMode;
import org.jspecify.annotations.Nullable;

/**
 * HttpCore's HTTP/1.1 connection on a {@link Wire}, with the strict readers of this package in place of the lenient ones. One call
 * uses it at a time, in which one thread may send the request while another reads the answer: HttpCore keeps a buffer for each way,
 * and TLS takes one reader and one writer.
 */
final class Http1Connection extends DefaultBHttpClientConnection {
    /** A head and a body of up to this many bytes together go out in one piece. */
    static final int BUFFER = 8 * 1024;

    private static final Http1Config CONFIG =
            Http1Config.custom().setBufferSize(BUFFER).setChunkSizeHint(BUFFER).build();

    private final Origin origin;
    private final Wire wire;
    private final @Nullable SSLSocket tls;
    private final ResponseHeadParser parser;
    private boolean perhapsFull;

    /** @param tls the TLS on the wire; null when there is none */
    Http1Connection(Origin origin, Wire wire, @Nullable SSLSocket tls) throws IOException {
        this(origin, wire, tls, new ResponseHeadParser());
    }

    private Http1Connection(Origin origin, Wire wire, @Nullable SSLSocket tls, ResponseHeadParser parser)
            throws IOException {
        super(CONFIG, null, null, null, OutgoingFormat.INSTANCE, OutgoingFormat.INSTANCE, parser);
        this.origin = origin;
        this.wire = wire;
        this.tls = tls;
        this.parser = parser;
        if (tls == null) {
            bind(wire);
        } else {
            bind(tls, wire);
        }
    }

    Origin origin() {
        return origin;
    }

    Wire wire() {
        return wire;
    }

    ResponseHeadParser parser() {
        return parser;
    }

    /** The next head, an interim one too. */
    ResponseHead receive() throws IOException, HttpException {
        return (ResponseHead) receiveResponseHeader();
    }

    /** The content of the response whose head was just received. */
    InputStream content(long framing) throws IOException {
        SessionInputBuffer buffer = parser.buffer();
        InputStream in = ensureOpen().getInputStream();
        return framing == ResponseHead.CHUNKED
                ? new ChunkedBody(buffer, in)
                : createContentInputStream(framing, buffer, in);
    }

    /** Whether the next write may have to wait for the peer, which may not have read all of the last request. */
    boolean isPerhapsFull() {
        return perhapsFull;
    }

    /** Remembers whether more was sent than a peer's socket takes unread. */
    void sentMuch(boolean much) {
        perhapsFull = much;
    }

    /** Whether everything of the last answer has been read, and nothing behind it. */
    boolean isClean() {
        try {
            return !wire.isClosed()
                    && !wire.out().isStopped()
                    && parser.buffered() == 0
                    && (tls == null || tls.getInputStream().available() == 0);
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether an idle connection can be used again, found out without writing anything. */
    boolean isAlive() {
        return isClean()
                && switch (wire.in().probe()) {
                    case SILENT -> true;
                    case CLOSED -> false;
                    case BYTES -> tls != null && survivesTlsRecords();
                };
    }

    private boolean survivesTlsRecords() {
        wire.in().glance(true);
        try {
            return !isStale() && isClean();
        } catch (IOException e) {
            return false;
        } finally {
            wire.in().glance(false);
        }
    }

    /** Which of the gateway's failures an exception of a read is. */
    Failure failureOfRead(Exception e) {
        return wire.in().expired() ? Failure.UPSTREAM_TIMEOUT : failureOf(e);
    }

    /** Which of the gateway's failures an exception of a write is. */
    Failure failureOfWrite(Exception e) {
        return wire.out().expired() ? Failure.UPSTREAM_TIMEOUT : failureOf(e);
    }

    private static Failure failureOf(Exception e) {
        if (e instanceof MalformedException || e instanceof HttpException) {
            return Failure.UPSTREAM_MALFORMED;
        }
        boolean broken = switch (e.getCause()) {
            case SocketException _, EOFException _, ClosedChannelException _ -> true;
            case null, default -> false;
        };
        return e instanceof SSLException && !broken ? Failure.UPSTREAM_TLS : Failure.UPSTREAM_RESET;
    }

    /** Whether an end of input may be an attacker's: TLS did not say that it ends (RFC 9112, section 9.8). */
    boolean isTruncated() {
        return tls != null && wire.in().ended();
    }

    /** Closes the connection at once, without a word to the peer. */
    @Override
    public void close() {
        wire.close();
    }

    @Override
    public void close(CloseMode mode) {
        wire.close();
    }
}
