package multicloud.gateway.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import multicloud.gateway.http.Body;
import multicloud.gateway.http.BodyFailure;
import multicloud.gateway.http.Failure;
import multicloud.gateway.http.Response;
import multicloud.gateway.local.OutgoingResponse.Terms;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.io.entity.EntityTemplate;
import org.apache.hc.core5.io.IOCallback;
import org.jspecify.annotations.Nullable;

/**
 * Writes answers to a client: small ones in one go, streamed ones as they come, so that nothing waits here while its sender pauses.
 * A body that breaks off is never ended as if it were whole.
 */
final class ResponseWriter {
    private static final int PIECE = 32 * 1024;

    private final ServerConnection connection;
    private byte @Nullable [] piece;
    private boolean headSent;
    private long count;

    ResponseWriter(ServerConnection connection) {
        this.connection = connection;
    }

    /** Whether the status has gone out, so that nothing else can be answered. */
    boolean headSent() {
        return headSent;
    }

    /** How many bytes of the body have gone out. */
    long count() {
        return count;
    }

    /** Gives a client leave to send its body. */
    void sendContinue() throws IOException {
        connection.sendResponseHeader(OutgoingResponse.interim(HttpStatus.SC_CONTINUE));
        connection.flush();
    }

    /**
     * Writes an answer, whose body is closed whatever happens.
     *
     * @return whether the connection can be used again
     * @throws BodyFailure when the body could not be read; see {@link #headSent}
     * @throws IOException when the client takes no more
     */
    boolean write(Response response, Terms terms) throws IOException {
        headSent = false;
        count = 0;
        OutgoingResponse answer = OutgoingResponse.of(response, terms);
        Body body = response.body();
        try {
            if (answer.isBodiless()) {
                sendHead(answer);
            } else if (body.isBuffered()) {
                sendHead(answer);
                send(answer, body.bytes(Integer.MAX_VALUE, Failure.INTERNAL));
            } else {
                send(answer, body.stream());
            }
            connection.flush();
            return answer.keepsAlive();
        } finally {
            close(body);
        }
    }

    private static void close(Body body) {
        try {
            body.close();
        } catch (UncheckedIOException e) {
            // What there was of it has gone out, and no more of it is wanted.
        }
    }

    private void sendHead(OutgoingResponse answer) throws IOException {
        headSent = true;
        connection.sendResponseHeader(answer);
    }

    private void send(OutgoingResponse answer, byte[] bytes) throws IOException {
        sendContent(answer, content -> content.write(bytes));
        count = bytes.length;
    }

    /** The first bytes are read before the head goes out, unless they keep one waiting: their failure can still be answered. */
    private void send(OutgoingResponse answer, InputStream in) throws IOException {
        byte[] bytes = piece();
        if (answer.length() < 0 && isPausing(in)) {
            sendHead(answer);
            connection.flush();
        }
        int first = read(in, bytes);
        if (!headSent) {
            sendHead(answer);
        }
        sendContent(answer, content -> copy(first, in, answer.length(), content));
    }

    /** HttpCore ends a chunked body properly whatever happens here, so nothing more may go out unless all of it has. */
    private void sendContent(OutgoingResponse answer, IOCallback<OutputStream> copy) throws IOException {
        answer.setEntity(new EntityTemplate(answer.length(), null, null, content -> {
            boolean whole = false;
            try {
                copy.execute(content);
                whole = true;
            } finally {
                if (!whole) {
                    connection.wire().abort();
                }
            }
        }));
        connection.sendResponseEntity(answer);
    }

    private void copy(int first, InputStream in, long length, OutputStream content) throws IOException {
        byte[] bytes = piece();
        int read = first;
        while (read >= 0) {
            content.write(bytes, 0, read);
            count += read;
            if (count != length && isPausing(in)) {
                content.flush();
            }
            read = count == length ? -1 : read(in, bytes);
        }
        if (length >= 0 && count != length) {
            throw new BodyFailure(Failure.UPSTREAM_RESET);
        }
    }

    private byte[] piece() {
        if (piece == null) {
            piece = new byte[PIECE];
        }
        return piece;
    }

    /** Whether nothing more is there already. HttpCore's count of it is negative where more than 2 GB are to come. */
    private static boolean isPausing(InputStream in) throws BodyFailure {
        try {
            return in.available() <= 0;
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private static int read(InputStream in, byte[] bytes) throws BodyFailure {
        try {
            return in.read(bytes);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private static BodyFailure failure(IOException e) {
        return e instanceof BodyFailure known ? known : new BodyFailure(Failure.UPSTREAM_RESET, e);
    }
}
