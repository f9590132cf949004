package multicloud.gateway.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** An HTTP client that sends exactly the bytes it is given and reads answers strictly: what is not whole is an exception. */
public final class RawClient implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 10_000;

    private final Socket socket;
    private final InputStream in;

    private RawClient(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    public static RawClient connect(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.setTcpNoDelay(true);
        return new RawClient(socket);
    }

    /** An answer, its body decoded, one char for each byte. */
    public record Answer(int status, List<String> fields, String text) {
        /** The first value of a field, or null. */
        public String field(String name) {
            List<String> values = fields(name);
            return values.isEmpty() ? null : values.getFirst();
        }

        /** All values of a field. */
        public List<String> fields(String name) {
            String prefix = name.toLowerCase(Locale.ROOT) + ":";
            return fields.stream()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
                    .map(line -> line.substring(prefix.length()).strip())
                    .toList();
        }

        public byte[] bytes() {
            return text.getBytes(ISO_8859_1);
        }
    }

    /** Sends text, one byte for each char. */
    public RawClient send(String text) throws IOException {
        return send(text.getBytes(ISO_8859_1));
    }

    public RawClient send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    /** Says that nothing more will be sent. */
    public RawClient end() throws IOException {
        socket.shutdownOutput();
        return this;
    }

    /** Reads one answer; interim answers are read on over. */
    public Answer answer() throws IOException {
        return answer(false);
    }

    /** Reads one answer to HEAD. */
    public Answer answerToHead() throws IOException {
        return answer(true);
    }

    private Answer answer(boolean head) throws IOException {
        Answer bare = head();
        if (bare.status() < 200) {
            return answer(head);
        }
        boolean bodiless = head || bare.status() == 204 || bare.status() == 304;
        return bodiless ? bare : new Answer(bare.status(), bare.fields(), new String(body(bare), ISO_8859_1));
    }

    /** Reads the head of one answer alone, of an interim one too. */
    public Answer head() throws IOException {
        String status = line();
        return new Answer(Integer.parseInt(status.substring(9, 12)), restOfHead(), "");
    }

    private byte[] body(Answer head) throws IOException {
        if (isChunked(head)) {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            for (byte[] chunk = chunk(); chunk.length > 0; chunk = chunk()) {
                all.writeBytes(chunk);
            }
            return all.toByteArray();
        }
        String length = head.field("content-length");
        return length == null ? in.readAllBytes() : exactly(Integer.parseInt(length));
    }

    private static boolean isChunked(Answer head) {
        return "chunked".equals(head.field("transfer-encoding"));
    }

    /** The next bytes of the content behind a head, of which so many have been read; none when that was all. */
    public byte[] piece(Answer head, long read) throws IOException {
        if (isChunked(head)) {
            return chunk();
        }
        long left = Long.parseLong(head.field("content-length")) - read;
        return exactly((int) Math.min(left, 16 * 1024));
    }

    /** Reads one line, without its end. */
    public String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (true) {
            int value = in.read();
            if (value < 0) {
                throw new EOFException("the connection ended after \"" + line + "\"");
            }
            if (value == '\n') {
                String text = line.toString(ISO_8859_1);
                return text.substring(0, text.length() - 1);
            }
            line.write(value);
        }
    }

    /** Reads the lines up to the body. */
    public List<String> restOfHead() throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            lines.add(line);
        }
        return lines;
    }

    /** Reads one chunk of a chunked body; the last one is empty. */
    public byte[] chunk() throws IOException {
        byte[] chunk = exactly(Integer.parseInt(line(), 16));
        line();
        return chunk;
    }

    public byte[] exactly(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the connection ended after " + bytes.length + " of " + length + " bytes");
        }
        return bytes;
    }

    /** Whether the server has closed the connection, or closes it within the timeout, without another byte. */
    public boolean isClosed() throws IOException {
        try {
            return in.read() < 0;
        } catch (java.net.SocketException reset) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
