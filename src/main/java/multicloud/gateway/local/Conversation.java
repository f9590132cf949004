package multicloud.gateway.local;

import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntFunction;
import multicloud.gateway.http.Answers;
import multicloud.gateway.http.Body;
import multicloud.gateway.http.BodyFailure;
import multicloud.gateway.http.Client;
import multicloud.gateway.http.Deadline;
import multicloud.gateway.http.Exchange;
import multicloud.gateway.http.Failure;
import multicloud.gateway.http.Headers;
import multicloud.gateway.http.Request;
import multicloud.gateway.http.RequestTarget;
import multicloud.gateway.http.Response;
import multicloud.gateway.http1.Framing;
import multicloud.gateway.http1.MalformedException;
import multicloud.gateway.local.OutgoingResponse.Terms;
import org.jspecify.annotations.Nullable;

/** The requests of one client's connection, one after the other, each answered by the handler. */
final class Conversation implements Runnable {
    /** What an answer's log line says when its client was gone before its end. */
    static final String CLIENT_GONE = "client_gone";

    /** The stages of an upstream call have their own timeouts; this only ends what none of them covers. */
    private static final Duration LONGEST_EXCHANGE = Duration.ofMinutes(15);

    private static final int FIRST_ERROR = 400;
    private static final int SCRATCH = 8 * 1024;
    private static final int MOST_DRAINED = 64 * 1024;
    private static final int MOST_LINGERED = 1024 * 1024;

    private final LocalServer server;
    private final Wire wire;
    private final String peer;
    private final int port;
    private final RequestHeadParser heads = new RequestHeadParser();
    private final ServerConnection connection;
    private final ResponseWriter answers;

    Conversation(LocalServer server, Wire wire, DateField date) throws IOException {
        this.server = server;
        this.wire = wire;
        this.peer = wire.socket().getInetAddress().getHostAddress();
        this.port = wire.socket().getLocalPort();
        this.connection = new ServerConnection(wire, heads, new ResponseHeadWriter(date));
        this.answers = new ResponseWriter(connection);
    }

    @Override
    public void run() {
        try {
            while (next()) {
                wire.expectRequest();
            }
        } catch (IOException e) {
            // The client is gone, between requests or in the middle of one that has been logged.
        } finally {
            wire.close();
        }
    }

    private boolean next() throws IOException {
        RequestHead head;
        try {
            head = connection.receive();
        } catch (MalformedException e) {
            return refuse(heads.failureOf(e));
        } catch (EOFException e) {
            return wire.expired() && refuse(Failure.REQUEST_TIMEOUT);
        }
        return head != null && answer(head);
    }

    /** Answers what is no request, and closes: nobody knows where the next one would begin. */
    private boolean refuse(Failure failure) throws IOException {
        Request request =
                new Request(heads.method(), RequestTarget.parse(heads.target()), Headers.empty(), Body.absent());
        Exchange exchange = begin(request, null);
        Terms terms = new Terms(heads.method().equals("HEAD"), false, false);
        send(exchange, Answers.of(failure, exchange), status -> terms);
        linger(null);
        return false;
    }

    private boolean answer(RequestHead head) throws IOException {
        RequestBody body = body(head);
        Request request = new Request(head.getMethod(), head.target(), head.fields(), bodyOf(head, body));
        Exchange exchange = begin(request, head.host());
        Response response = server.handler().handle(exchange);
        if (body != null) {
            body.answering();
        }
        boolean again = send(exchange, response, status -> terms(head, body, status)) && isDrained(body);
        if (!again && (head.wantsKeepAlive() || body != null)) {
            linger(body);
        }
        return again;
    }

    private Terms terms(RequestHead head, @Nullable RequestBody body, int status) {
        boolean keepAlive = head.wantsKeepAlive() && !server.isDraining() && willEnd(body, status);
        return new Terms(head.getMethod().equals("HEAD"), head.isOldVersion(), keepAlive);
    }

    /** Whether the request's body is going to be read to its end: by us, or by who passes it on while its answer comes already. */
    private static boolean willEnd(@Nullable RequestBody body, int status) {
        return body == null || body.isNearlyEnded(MOST_DRAINED) || (status < FIRST_ERROR && body.isPassedOn());
    }

    private static boolean isDrained(@Nullable RequestBody body) throws IOException {
        if (body == null || body.isEnded()) {
            return true;
        }
        if (!body.isNearlyEnded(MOST_DRAINED)) {
            return false;
        }
        body.drain(new byte[SCRATCH]);
        return true;
    }

    /** Lets the client read its answer before the connection ends that it would have gone on with. */
    private void linger(@Nullable RequestBody body) {
        wire.expectClose();
        if (body == null) {
            wire.linger(new byte[SCRATCH], MOST_LINGERED);
        } else {
            body.giveUp(() -> wire.linger(new byte[SCRATCH], MOST_LINGERED));
        }
    }

    /** Writes an answer and has it logged; says whether the connection can be used again. */
    private boolean send(Exchange exchange, Response response, IntFunction<Terms> terms) throws IOException {
        int status = response.status();
        try {
            return answers.write(response, terms.apply(status));
        } catch (BodyFailure e) {
            exchange.notes().code(e.failure().code());
            if (answers.headSent()) {
                wire.abort();
                return false;
            }
            status = e.failure().status();
            return answers.write(Answers.insteadOf(response, e.failure(), exchange), terms.apply(status));
        } catch (IOException e) {
            exchange.notes().code(CLIENT_GONE);
            throw e;
        } catch (RuntimeException bug) {
            exchange.notes().fault(bug);
            wire.abort();
            return false;
        } finally {
            server.log().over(exchange, status, answers.count());
        }
    }

    private Exchange begin(Request request, @Nullable String host) {
        Client client = new Client(peer, "http", host, port);
        return Exchange.begin(request, newId(), client, Deadline.after(LONGEST_EXCHANGE, server.ticker()));
    }

    private @Nullable RequestBody body(RequestHead head) throws IOException {
        if (head.length() == Framing.UNSAID || head.length() == 0) {
            return null;
        }
        wire.expectBody();
        RequestBody body = new RequestBody(wire, connection.content(head), head.length(), answers::sendContinue);
        if (!head.expectsContinue() || heads.hasBuffered()) {
            body.begin();
        }
        return body;
    }

    private static Body bodyOf(RequestHead head, @Nullable RequestBody body) {
        if (body != null) {
            return Body.streamed(body, head.length());
        }
        return head.length() == 0 ? Body.empty() : Body.absent();
    }

    private static String newId() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong());
    }
}
