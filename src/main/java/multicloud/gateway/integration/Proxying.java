package multicloud.gateway.integration;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import multicloud.gateway.http.Answers;
import multicloud.gateway.http.Body;
import multicloud.gateway.http.BodyFailure;
import multicloud.gateway.http.Exchange;
import multicloud.gateway.http.Failure;
import multicloud.gateway.http.Notes.Attempt;
import multicloud.gateway.http.Request;
import multicloud.gateway.http.RequestPath.AmbiguousPath;
import multicloud.gateway.http.Response;
import multicloud.gateway.http.Timeouts;
import multicloud.gateway.transport.Call;
import multicloud.gateway.transport.Outcome;
import multicloud.gateway.transport.Stage;
import multicloud.gateway.transport.Transport;
import multicloud.gateway.upstream.ForwardedHeaders;
import multicloud.gateway.upstream.Server;
import multicloud.gateway.upstream.Target;

/** Passes a request on to a server, and the server's answer back: status, headers and body as they are. */
public final class Proxying implements Integration {
    private final Server server;
    private final UpstreamRequest requests;
    private final Timeouts timeouts;
    private final Transport transport;

    public Proxying(Server server, UpstreamRequest requests, Timeouts timeouts, Transport transport) {
        this.server = server;
        this.requests = requests;
        this.timeouts = timeouts;
        this.transport = transport;
    }

    @Override
    public Response handle(Exchange exchange) {
        exchange.notes().server(server.alias());
        if (exchange.deadline().passed()) {
            return Answers.of(Failure.UPSTREAM_TIMEOUT, exchange);
        }
        Target target = server.pick();
        Request request;
        try {
            request = requests.of(target, exchange);
        } catch (AmbiguousPath e) {
            return Answers.of(Failure.MALFORMED_REQUEST, exchange);
        }
        Attempt attempt = exchange.notes()
                .attempt(target.name(), target.place().cloud(), target.place().region());
        Call call = new Call(
                target.address().origin(),
                request,
                timeouts,
                exchange.deadline().orAfter(timeouts.total()));
        return switch (transport.send(call)) {
            case Outcome.Answered(Response response) -> {
                attempt.answered(response.status());
                yield passOn(response, exchange, attempt);
            }
            case Outcome.Failed failed -> {
                attempt.failed(failed.failure(), failed.stage().label());
                yield Answers.of(failed.failure(), exchange);
            }
        };
    }

    @Override
    public Plan plan(Exchange exchange) {
        List<Plan.Destination> destinations = new ArrayList<>();
        try {
            for (Target target : server.targets()) {
                destinations.add(new Plan.Destination(
                        target.name(),
                        requests.url(target, exchange),
                        target.turn().priority(),
                        server.share(target)));
            }
        } catch (AmbiguousPath e) {
            return new Plan.Answer(Answers.of(Failure.MALFORMED_REQUEST, exchange));
        }
        return new Plan.Call(
                server.alias(),
                exchange.request().method(),
                destinations,
                requests.headers().changes(exchange));
    }

    private static Response passOn(Response response, Exchange exchange, Attempt attempt) {
        boolean keepLength = response.body().isAbsent();
        Body body = response.body();
        if (!body.isReplayable()) {
            body = Body.streamed(new Watched(body.stream(), exchange, attempt), body.length());
        }
        return new Response(response.status(), ForwardedHeaders.toClient(response.headers(), keepLength), body);
    }

    /** Notes how an answer's body broke off, where it does. */
    private static final class Watched extends FilterInputStream {
        private final Exchange exchange;
        private final Attempt attempt;

        Watched(InputStream in, Exchange exchange, Attempt attempt) {
            super(in);
            this.exchange = exchange;
            this.attempt = attempt;
        }

        @Override
        public int read() throws IOException {
            try {
                return in.read();
            } catch (BodyFailure e) {
                throw noted(e);
            }
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            try {
                return in.read(bytes, offset, length);
            } catch (BodyFailure e) {
                throw noted(e);
            }
        }

        private BodyFailure noted(BodyFailure e) {
            attempt.failed(e.failure(), Stage.BODY.label());
            exchange.notes().code(e.failure().code());
            return e;
        }
    }
}
