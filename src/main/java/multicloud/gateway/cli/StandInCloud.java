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

/** A server on loopback that stands in for a cloud: it answers every request with who it is and what it was asked. */
record StandInCloud(String alias, String name, String region, int port) {
    private static final JsonFactory JSON = new JsonFactory();

    /** Starts on its port, or on a free one where that is taken. */
    LocalServer start() throws Unavailable {
        try {
            return new Listener("127.0.0.1", port).start(this::answer, RequestLog.NONE);
        } catch (Unavailable taken) {
            return new Listener("127.0.0.1", 0).start(this::answer, RequestLog.NONE);
        }
    }

    private Response answer(Exchange exchange) {
        ByteArrayOutputStream json = new ByteArrayOutputStream(256);
        try (JsonGenerator out = JSON.createGenerator(json)) {
            out.writeStartObject();
            out.writeStringField("cloud", name);
            out.writeStringField("region", region);
            out.writeStringField("method", exchange.request().method());
            out.writeStringField("path", exchange.request().target().text());
            out.writeStringField("request_id", exchange.request().headers().first("x-request-id"));
            out.writeEndObject();
        } catch (IOException inMemory) {
            throw new UncheckedIOException(inMemory);
        }
        json.writeBytes("\n".getBytes(UTF_8));
        return new Response(
                200, Headers.of("content-type", "application/json", "x-cloud", alias), Body.of(json.toByteArray()));
    }
}
