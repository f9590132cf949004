package multicloud.gateway.local;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import multicloud.gateway.http.Body;
import multicloud.gateway.http.BodyFailure;
import multicloud.gateway.http.Failure;
import multicloud.gateway.http.Headers;
import multicloud.gateway.http.Response;
import org.apache.hc.core5.http.impl.io.ChunkedOutputStream;
import org.apache.hc.core5.http.impl.io.ContentLengthOutputStream;
import org.apache.hc.core5.http.impl.io.IdentityOutputStream;
import org.apache.hc.core5.http.impl.io.SessionOutputBufferImpl;
import org.jspecify.annotations.Nullable;

/**
 * Writes answers to a client: small ones in one go, streamed ones as they come, so that nothing waits here while its sender pauses.
 * A body that breaks off is never ended as if it were whole.
 */
final class ResponseWriter {
    private static final int BUFFER = 16 * 1024;
    private static final int PIECE = 32 * 1024;
    private static final int CHUNK_CACHE = 2 * 1024;
    private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(US_ASCII);

    private final OutputStream out;
    private final DateField date;
    private final SessionOutputBufferImpl buffer = new SessionOutputBufferImpl(BUFFER);
    private final ResponseHead head = new ResponseHead();
    private byte @Nullable [] piece;
    private byte @Nullable [] chunk;
    private boolean headSent;
    private long count;

    ResponseWriter(OutputStream out, DateField date) {
        this.out = out;
        this.date = date;
    }

    /** What the request says of how its answer must be written. */
    record Terms(boolean head, boolean oldVersion, boolean keepAlive) {}

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
        buffer.write(CONTINUE, out);
        buffer.flush(out);
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
        Body body = response.body();
        try {
            boolean bodiless = terms.head() || body.isAbsent() || response.status() == 204 || response.status() == 304;
            return bodiless ? writeBodiless(response, terms) : writeWhole(response, body, terms);
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

    private boolean writeBodiless(Response response, Terms terms) throws IOException {
        boolean speaksOfAnother = terms.head() || response.status() == 304;
        begin(response, speaksOfAnother && response.status() != 204);
        if (!speaksOfAnother && response.status() != 204) {
            head.contentLength(0);
        }
        finishHead(terms.keepAlive(), terms.oldVersion());
        sendHead();
        buffer.flush(out);
        return terms.keepAlive();
    }

    private boolean writeWhole(Response response, Body body, Terms terms) throws IOException {
        long length = body.length();
        boolean delimited = length >= 0 || !terms.oldVersion();
        boolean keepAlive = terms.keepAlive() && delimited;
        begin(response, false);
        if (length >= 0) {
            head.contentLength(length);
        } else if (delimited) {
            head.chunked();
        }
        finishHead(keepAlive, terms.oldVersion());
        if (body.isReplayable()) {
            sendHead();
            byte[] bytes = body.bytes(Integer.MAX_VALUE, Failure.INTERNAL);
            buffer.write(bytes, out);
            buffer.flush(out);
            count = bytes.length;
        } else {
            stream(body.stream(), length, terms.oldVersion());
        }
        return keepAlive;
    }

    private void begin(Response response, boolean keepLength) {
        Headers headers = response.headers();
        head.status(response.status()).fields(headers, keepLength);
        if (!headers.contains("date")) {
            head.date(date);
        }
    }

    private void finishHead(boolean keepAlive, boolean oldVersion) {
        if (!keepAlive) {
            head.close();
        } else if (oldVersion) {
            head.keepAlive();
        }
        head.finish();
    }

    private void sendHead() throws IOException {
        headSent = true;
        buffer.write(head.bytes(), 0, head.length(), out);
    }

    private void stream(InputStream in, long length, boolean oldVersion) throws IOException {
        byte[] bytes = piece();
        if (length < 0 && available(in) == 0) {
            sendHead();
            buffer.flush(out);
        }
        int read = read(in, bytes);
        if (!headSent) {
            sendHead();
        }
        OutputStream content = content(length, oldVersion);
        while (read >= 0) {
            content.write(bytes, 0, read);
            count += read;
            if (count != length && available(in) == 0) {
                content.flush();
            }
            read = count == length ? -1 : read(in, bytes);
        }
        if (length >= 0 && count != length) {
            throw new BodyFailure(Failure.UPSTREAM_RESET);
        }
        content.close();
        buffer.flush(out);
    }

    private OutputStream content(long length, boolean oldVersion) {
        if (length >= 0) {
            return new ContentLengthOutputStream(buffer, out, length);
        }
        if (oldVersion) {
            return new IdentityOutputStream(buffer, out);
        }
        if (chunk == null) {
            chunk = new byte[CHUNK_CACHE];
        }
        return new ChunkedOutputStream(buffer, out, chunk, null);
    }

    private byte[] piece() {
        if (piece == null) {
            piece = new byte[PIECE];
        }
        return piece;
    }

    private static int available(InputStream in) throws BodyFailure {
        try {
            return in.available();
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
