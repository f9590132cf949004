package multicloud.gateway.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** An upstream that answers every request without a body with the same bytes, as quickly as can be. */
final class LoopbackUpstream implements AutoCloseable {
    private final ServerSocket listener;
    private final byte[] answer;

    LoopbackUpstream(int bodyBytes) {
        answer = ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + bodyBytes + "\r\n\r\n"
                        + "x".repeat(bodyBytes))
                .getBytes(ISO_8859_1);
        try {
            listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofPlatform().daemon().start(this::accept);
    }

    String url() {
        return "http://127.0.0.1:" + listener.getLocalPort();
    }

    int port() {
        return listener.getLocalPort();
    }

    private void accept() {
        while (true) {
            try {
                Socket socket = listener.accept();
                Thread.ofPlatform().daemon().start(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = socket.getInputStream();
            OutputStream out = socket.getOutputStream();
            byte[] bytes = new byte[16 * 1024];
            int last = 0;
            for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
                for (int i = 0; i < count; i++) {
                    last = last << 8 | bytes[i];
                    if (last == 0x0d0a0d0a) {
                        out.write(answer);
                    }
                }
            }
        } catch (IOException gone) {
            // The client has gone, which is how each connection ends.
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
