package multicloud.gateway.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One connection of a {@link RawUpstream}, as its script sees it. */
public final class Peer {
    /** A request as it came: the head with its line ends, and the content without its framing, each with one char per byte. */
    public record Received(String head, String text) {
        public String line() {
            return head.substring(0, head.indexOf("\r\n"));
        }

        /** The fields in their order, names in lower case. */
        public List<String> fields() {
            return head.lines()
                    .skip(1)
                    .filter(line -> !line.isEmpty())
                    .map(line -> Ask.name(line).toLowerCase(Locale.ROOT) + ": " + Ask.value(line))
                    .toList();
        }

        public byte[] body() {
            return text.getBytes(StandardCharsets.ISO_8859_1);
        }
    }

    private static final int PIECE = 8 * 1024;

    private final RawUpstream upstream;
    private final Socket raw;
    private final Socket socket;
    private final InputStream in;

    Peer(RawUpstream upstream, Socket raw, Socket socket) throws IOException {
        this.upstream = upstream;
        this.raw = raw;
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    /** The next request with its whole body, or null when the client has closed. */
    public @Nullable Received request() throws IOException {
        String head = head();
        if (head == null) {
            return null;
        }
        Received received = new Received(head, new String(body(head), StandardCharsets.ISO_8859_1));
        upstream.record(received);
        return received;
    }

    /** The head of the next request alone, or null when the client has closed. */
    public @Nullable String head() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
            int value = in.read();
            if (value < 0) {
                return null;
            }
            head.append((char) value);
        }
        return head.toString();
    }

    /** So many bytes. */
    public byte[] read(int count) throws IOException {
        return in.readNBytes(count);
    }

    /**
     * Sends the next request's body back as it comes, framed as it is, behind a head that goes out at once and repeats the target as
     * {@code X-Target}. Says whether there was a request.
     */
    public boolean echo() throws IOException {
        String head = head();
        if (head == null) {
            return false;
        }
        String answer = "HTTP/1.1 200 OK\r\nX-Target: " + head.split(" ", 3)[1] + "\r\n";
        if (isChunked(head)) {
            send(answer + "Transfer-Encoding: chunked\r\n\r\n");
            for (byte[] chunk = chunk(); chunk.length > 0; chunk = chunk()) {
                send(Integer.toHexString(chunk.length) + "\r\n").send(chunk).send("\r\n");
            }
            send("0\r\n\r\n");
        } else {
            send(answer + "Content-Length: " + length(head) + "\r\n\r\n");
            echo(length(head));
        }
        return true;
    }

    /** Sends so many bytes back as they come, holding no more than a piece of them. */
    public void echo(long length) throws IOException {
        long left = length;
        while (left > 0) {
            byte[] piece = read((int) Math.min(left, PIECE));
            if (piece.length == 0) {
                throw new EOFException("the client closed in the middle of a body");
            }
            send(piece);
            left -= piece.length;
        }
    }

    private byte[] body(String head) throws IOException {
        if (!isChunked(head)) {
            return in.readNBytes((int) length(head));
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (byte[] chunk = chunk(); chunk.length > 0; chunk = chunk()) {
            body.write(chunk);
        }
        return body.toByteArray();
    }

    private static boolean isChunked(String head) {
        return head.toLowerCase(Locale.ROOT).contains("\r\ntransfer-encoding: chunked\r\n");
    }

    private static long length(String head) {
        int length = head.toLowerCase(Locale.ROOT).indexOf("\r\ncontent-length: ");
        int from = length + "\r\ncontent-length: ".length();
        return length < 0 ? 0 : Long.parseLong(head.substring(from, head.indexOf("\r\n", from)));
    }

    /** The next chunk; the last one is empty. */
    private byte[] chunk() throws IOException {
        byte[] chunk = in.readNBytes(Integer.parseInt(line(), 16));
        line();
        return chunk;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int value = in.read(); value != '\n'; value = in.read()) {
            if (value < 0) {
                throw new IOException("the client closed in the middle of a body");
            }
            line.append((char) value);
        }
        return line.substring(0, line.length() - 1);
    }

    /** Sends these bytes, one per char, at once. */
    public Peer send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Sends these bytes at once. */
    public Peer send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    /** Closes the connection properly. */
    public void close() throws IOException {
        socket.close();
    }

    /** Closes the connection with a reset. */
    public void reset() throws IOException {
        raw.setSoLinger(true, 0);
        raw.close();
    }

    /** Whether the client closes within so many milliseconds; what it sends meanwhile is dropped. Paces scripts that drip. */
    public boolean closesWithin(int millis) throws IOException {
        socket.setSoTimeout(millis);
        try {
            return in.read() < 0;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    /** Closes the TCP connection without a word of TLS. */
    public void cut() throws IOException {
        raw.close();
    }

    /** The socket itself, TLS's where that is spoken. */
    public Socket socket() {
        return socket;
    }

    /** Waits, for a bounded time, until the client closes; what it sends meanwhile is dropped. Says whether it did. */
    public boolean awaitClose() throws IOException {
        socket.setSoTimeout(10_000);
        try {
            in.transferTo(OutputStream.nullOutputStream());
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
        return true;
    }
}
