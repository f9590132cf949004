package multicloud.gateway.transport;

import java.net.ProtocolException;
import java.time.InstantSource;
import java.util.function.Supplier;
import javax.net.ssl.SSLSocketFactory;
import multicloud.gateway.http.Failure;
import multicloud.gateway.http.Method;
import multicloud.gateway.http.Request;
import org.jspecify.annotations.Nullable;

/**
 * The transport on blocking sockets: HTTP/1.1 by the codec of Apache HttpCore, connections kept and bounded per origin, TLS by the
 * JDK.
 *
 * <p>A request goes out byte for byte: its method, target and fields in their order and case, Host first unless it has one, and one
 * framing field as the body needs it. {@code Content-Length}, {@code Transfer-Encoding} and {@code Expect} of the caller are left
 * out. Fields of the answer are handed on as they came, hop-by-hop ones too: removing those is the caller's part.
 *
 * <p>A body that is streamed, or is longer than some kilobytes, is read and sent by a virtual thread of its own, perhaps while the answer
 * is read already. The end of an answer is reported when the request has come to its own, unless the answer is an error or ends the
 * connection.
 *
 * <p>Answers are held to RFC 9112: one whose end could be read in two ways is a failure and a closed connection. A connection that
 * the peer has closed is noticed before anything is written to it, and a call that dies on a reused connection before any byte of an
 * answer is repeated once on a new one, when nothing of it was sent or it is idempotent and its body can be read again.
 *
 * <p>Spans are measured by the deadline's clock, the age of idle connections by the wall clock. Safe for use by many threads.
 */
public final class SocketTransport implements Transport {
    private final Pool pool;
    private final Dialer dialer;
    private final OpenWires open = new OpenWires();
    private final Watchdog watchdog = new Watchdog();

    /**
     * @param clock the wall clock
     * @param tls makes the factory of secure sockets; asked once, when the first is needed
     * @param runtimeApi host and port of the Lambda Runtime API, which no document may reach; null where there is none
     */
    public SocketTransport(
            ConnectionLimits limits,
            InstantSource clock,
            Resolver resolver,
            Supplier<SSLSocketFactory> tls,
            @Nullable String runtimeApi) {
        pool = new Pool(limits, clock);
        dialer = new Dialer(new Lookup(resolver), new AddressGuard(runtimeApi), new Tls(tls), open, watchdog);
    }

    /** A transport with the machine's clock, the JDK's resolver and trusted certificates, and the default limits. */
    public static SocketTransport system(@Nullable String runtimeApi) {
        return new SocketTransport(
                ConnectionLimits.DEFAULT,
                InstantSource.system(),
                Resolver.system(),
                () -> (SSLSocketFactory) SSLSocketFactory.getDefault(),
                runtimeApi);
    }

    @Override
    public Outcome send(Call asked) {
        Call call = asked.begun();
        OutgoingRequest request;
        try {
            request = OutgoingRequest.of(call);
        } catch (ProtocolException e) {
            return new Outcome.Failed(Stage.SEND, Failure.MALFORMED_REQUEST, false, e);
        }
        call.request().body().within(call.deadline());
        Lease lease;
        try {
            lease = pool.lease(
                    call.origin(), call.headBy().orAfter(call.timeouts().connect()));
        } catch (CallFailure e) {
            return e.outcome();
        }
        boolean answered = false;
        try {
            Outcome outcome = send(call, request, lease);
            answered = outcome instanceof Outcome.Answered;
            return outcome;
        } catch (CallFailure e) {
            return e.outcome();
        } finally {
            if (!answered) {
                lease.end();
            }
        }
    }

    private Outcome send(Call call, OutgoingRequest request, Lease lease) throws CallFailure {
        Http1Connection kept = lease.reuse();
        if (kept != null) {
            RoundTrip first = new RoundTrip(call, request, kept, lease, watchdog);
            Outcome outcome = first.run();
            if (!isWorthRepeating(outcome, first, call.request())) {
                return outcome;
            }
        }
        Http1Connection fresh =
                dialer.dial(call.origin(), call.headBy().orAfter(call.timeouts().connect()));
        return new RoundTrip(call, request.again(), fresh, lease, watchdog).run();
    }

    /** The peer may close a kept connection at any moment, also the one in which it is used again (RFC 9112, section 9.3.1). */
    private static boolean isWorthRepeating(Outcome outcome, RoundTrip trip, Request request) {
        return outcome instanceof Outcome.Failed failed
                && failed.failure() == Failure.UPSTREAM_RESET
                && !trip.hasAnswer()
                && request.body().isReplayable()
                && !Thread.currentThread().isInterrupted()
                && (!failed.requestSent() || Method.isIdempotent(request.method()));
    }

    @Override
    public void closeIdle() {
        pool.clear();
    }

    @Override
    public void close() {
        open.closeAll();
        pool.clear();
        watchdog.close();
    }

    /** How many connections are open and idle, and how many calls hold a place. */
    Census census() {
        return new Census(open.count(), pool.idle(), pool.inUse());
    }

    record Census(int open, int idle, int inUse) {}
}
