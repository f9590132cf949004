package multicloud.gateway.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import multicloud.gateway.cli.Listener.Unavailable;
import multicloud.gateway.http.Body;
import multicloud.gateway.http.Exchange;
import multicloud.gateway.http.Headers;
import multicloud.gateway.http.Response;
import multicloud.gateway.local.LocalServer;
import multicloud.gateway.local.RequestLog;
import org.jspecify.annotations.Nullable;

/**
 * A server on loopback that stands in for a cloud: it answers every request with who it is and what it was asked. It can be stopped
 * and started again on the same port. Safe for use by many threads.
 */
final class StandInCloud implements AutoCloseable {
    private static final JsonFactory JSON = new JsonFactory();

    private final About about;
    private int port;
    private @Nullable LocalServer server;

    /**
     * Who it says it is.
     *
     * @param port where it begins to listen, unless that is taken
     */
    record About(String alias, String name, String region, int port) {}

    StandInCloud(About about) {
        this.about = about;
        this.port = about.port();
    }

    String alias() {
        return about.alias();
    }

    /** The port the sample names. */
    int usualPort() {
        return about.port();
    }

    /** The port it listens on when it runs. */
    synchronized int port() {
        return port;
    }

    /** Has it run: for the first time on its usual port, or on a free one where that is taken; afterwards on the same again. */
    synchronized void start() throws Unavailable {
        if (server != null) {
            return;
        }
        try {
            server = new Listener("127.0.0.1", port).start(this::answer, RequestLog.NONE);
        } catch (Unavailable taken) {
            if (port != about.port()) {
                throw taken;
            }
            server = new Listener("127.0.0.1", 0).start(this::answer, RequestLog.NONE);
        }
        port = server.port();
    }

    /** Has it refuse connections, and breaks off those it has. */
    @Override
    public synchronized void close() {
        if (server != null) {
            server.close();
            server = null;
        }
    }

    private Response answer(Exchange exchange) {
        ByteArrayOutputStream json = new ByteArrayOutputStream(256);
        try (JsonGenerator out = JSON.createGenerator(json)) {
            out.writeStartObject();
            out.writeStringField("cloud", about.name());
            out.writeStringField("region", about.region());
            out.writeStringField("method", exchange.request().method());
            out.writeStringField("path", exchange.request().target().text());
            out.writeStringField("request_id", exchange.request().headers().first("x-request-id"));
            out.writeEndObject();
        } catch (IOException inMemory) {
            throw new UncheckedIOException(inMemory);
        }
        json.writeBytes("\n".getBytes(UTF_8));
        return new Response(
                200, Headers.of("content-type", "application/json", "x-cloud", alias()), Body.of(json.toByteArray()));
    }
}
