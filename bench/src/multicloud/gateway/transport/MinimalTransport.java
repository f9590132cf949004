package multicloud.gateway.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import multicloud.gateway.http.Body;
import multicloud.gateway.http.Deadline;
import multicloud.gateway.http.Failure;
import multicloud.gateway.http.Headers;
import multicloud.gateway.http.Request;
import multicloud.gateway.http.Response;
import org.jspecify.annotations.Nullable;

/**
 * The least that can be done for an answer: plain HTTP, a request without a body, an answer with a Content-Length, no check of what
 * comes, a new connection for each call. It bounds from below what a codec, or all of a transport, costs a cold start.
 */
public final class MinimalTransport implements Transport {
    private final Connecting connecting;

    @FunctionalInterface
    private interface Connecting {
        Socket connect(Call call) throws IOException, CallFailure;
    }

    private MinimalTransport(Connecting connecting) {
        this.connecting = connecting;
    }

    /** A transport on the JDK's blocking sockets, without any rule or timeout. */
    public static MinimalTransport onSockets() {
        return new MinimalTransport(
                call -> new Socket(call.origin().host(), call.origin().port()));
    }

    /** A transport on the gateway's own wires, with its look-ups, address rules and timeouts, but no pool and no TLS. */
    public static MinimalTransport onWires(@Nullable String runtimeApi) {
        Lookup lookup = new Lookup(Resolver.system());
        AddressGuard guard = new AddressGuard(runtimeApi);
        OpenWires open = new OpenWires();
        Watchdog watchdog = new Watchdog();
        return new MinimalTransport(call -> {
            Deadline limit = call.deadline().orAfter(call.timeouts().total());
            Origin origin = call.origin();
            var address = lookup.addresses(origin.host(), limit).getFirst();
            if (!guard.allows(origin.addresses(), address, origin.port())) {
                throw new IOException("the address is refused");
            }
            return Wire.connect(address, origin.port(), limit, open, watchdog);
        });
    }

    @Override
    public Outcome send(Call call) {
        try (Socket socket = connecting.connect(call)) {
            socket.getOutputStream().write(head(call).getBytes(ISO_8859_1));
            return new Outcome.Answered(answer(new BufferedInputStream(socket.getInputStream())));
        } catch (IOException e) {
            return new Outcome.Failed(Stage.HEAD, Failure.UPSTREAM_RESET, true, e);
        } catch (CallFailure e) {
            return e.outcome();
        }
    }

    private static String head(Call call) {
        Request request = call.request();
        StringBuilder head = new StringBuilder(512).append(request.method()).append(' ');
        head.append(request.target()).append(" HTTP/1.1\r\n");
        if (!request.headers().contains("host")) {
            field(head, "Host", call.origin().authority());
        }
        for (int i = 0; i < request.headers().size(); i++) {
            field(head, request.headers().name(i), request.headers().value(i));
        }
        return head.append("\r\n").toString();
    }

    private static void field(StringBuilder head, String name, String value) {
        head.append(name).append(": ").append(value).append("\r\n");
    }

    private static Response answer(InputStream in) throws IOException {
        int status = Integer.parseInt(line(in), 9, 12, 10);
        int length = 0;
        Headers.Builder headers = Headers.builder();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            String name = line.substring(0, colon);
            String value = line.substring(colon + 2);
            headers.add(name, value);
            if (name.equalsIgnoreCase("content-length")) {
                length = Integer.parseInt(value);
            }
        }
        return new Response(status, headers.build(), Body.of(in.readNBytes(length)));
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder(80);
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException();
            }
            if (b != '\r') {
                line.append((char) b);
            }
        }
        return line.toString();
    }

    @Override
    public void closeIdle() {}

    @Override
    public void close() {}
}
