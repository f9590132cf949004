package multicloud.gateway.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import multicloud.gateway.http.Deadline;
import multicloud.gateway.http.Ticker;
import org.jspecify.annotations.Nullable;

/**
 * A client's connection, and since when it has been waiting for the client. One thread reads at a time and one writes, perhaps another;
 * a third asks {@link #expire} from time to time, so that no read or write needs a timer of its own.
 */
final class Wire implements AutoCloseable {
    /** What is read next. */
    private enum Awaited {
        REQUEST,
        HEAD,
        BODY,
        CLOSE
    }

    private final Socket socket;
    private final Patience patience;
    private final Ticker ticker;
    private final InputStream in;
    private final OutputStream out;
    private volatile Awaited awaited = Awaited.REQUEST;
    private volatile boolean reading;
    private volatile long readSince;
    private volatile @Nullable Deadline bodyBy;
    private volatile boolean writing;
    private volatile long writeSince;
    private volatile boolean expired;

    Wire(Socket socket, Patience patience, Ticker ticker) throws IOException {
        this.socket = socket;
        this.patience = patience;
        this.ticker = ticker;
        this.in = new Input(socket.getInputStream());
        this.out = new Output(socket.getOutputStream());
        this.readSince = ticker.nanos();
    }

    Socket socket() {
        return socket;
    }

    InputStream in() {
        return in;
    }

    OutputStream out() {
        return out;
    }

    /** What is read next is a request: the connection is idle until its first byte. */
    void expectRequest() {
        awaited = Awaited.REQUEST;
    }

    /** What is read next is a request's body. */
    void expectBody() {
        awaited = Awaited.BODY;
        bodyBy = null;
    }

    /** The body that is read is of no use after that. */
    void expectBodyBy(Deadline deadline) {
        bodyBy = deadline;
    }

    /** Whether the client took too long to send what it owed. */
    boolean expired() {
        return expired;
    }

    /** Ends waits that have gone on too long. A client that owes bytes can still be told so; one that takes none cannot. */
    void expire() {
        closeIf(writing && ticker.nanos() - writeSince > patience.stall().toNanos());
        if (!reading) {
            return;
        }
        long waited = ticker.nanos() - readSince;
        switch (awaited) {
            case REQUEST -> closeIf(waited > patience.keepAlive().toNanos());
            case HEAD -> stopReadingIf(waited > patience.head().toNanos());
            case BODY -> stopReadingIf(waited > patience.stall().toNanos() || isPast(bodyBy));
            case CLOSE -> closeIf(waited > patience.linger().toNanos());
        }
    }

    /** Closes the connection if it has been idle for that long. */
    void closeIdle(long nanos) {
        closeIf(reading && awaited == Awaited.REQUEST && ticker.nanos() - readSince > nanos);
    }

    /** Says that nothing more will be answered. What is read next, or is being read, only keeps the client's answer from being lost. */
    void expectClose() {
        readSince = ticker.nanos();
        awaited = Awaited.CLOSE;
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            // The client is gone, which is as good as its end.
        }
    }

    /** Reads and drops what the client still sends, so that closing does not take the answer away from it (RFC 9112, section 9.6). */
    void linger(byte[] scratch, int most) {
        try {
            int dropped = 0;
            for (int read = in.read(scratch); read >= 0 && dropped < most; read = in.read(scratch)) {
                dropped += read;
            }
        } catch (IOException e) {
            // The client is gone, which is as good as its end.
        }
    }

    /** Breaks the connection off so that no client takes what it got for a whole answer. */
    void abort() {
        try {
            socket.setSoLinger(true, 0);
        } catch (SocketException e) {
            // It is closed already.
        }
        close();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // The descriptor is gone all the same.
        }
    }

    private static boolean isPast(@Nullable Deadline deadline) {
        return deadline != null && deadline.passed();
    }

    private void closeIf(boolean yes) {
        if (yes) {
            close();
        }
    }

    private void stopReadingIf(boolean yes) {
        if (yes) {
            expired = true;
            try {
                socket.shutdownInput();
            } catch (IOException e) {
                close();
            }
        }
    }

    private final class Input extends InputStream {
        private final InputStream raw;

        Input(InputStream raw) {
            this.raw = raw;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (awaited == Awaited.REQUEST || awaited == Awaited.BODY) {
                readSince = ticker.nanos();
            }
            reading = true;
            try {
                return raw.read(bytes, offset, length);
            } finally {
                reading = false;
                if (awaited == Awaited.REQUEST) {
                    awaited = Awaited.HEAD;
                    readSince = ticker.nanos();
                }
            }
        }

        @Override
        public int available() throws IOException {
            return raw.available();
        }
    }

    private final class Output extends OutputStream {
        private static final int PIECE = 64 * 1024;
        private final OutputStream raw;

        Output(OutputStream raw) {
            this.raw = raw;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            int end = offset + length;
            for (int at = offset; at < end; at += PIECE) {
                writeSince = ticker.nanos();
                writing = true;
                try {
                    raw.write(bytes, at, Math.min(PIECE, end - at));
                } finally {
                    writing = false;
                }
            }
        }
    }
}
