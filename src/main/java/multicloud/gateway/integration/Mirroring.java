package multicloud.gateway.integration;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import multicloud.gateway.http.Deadline;
import multicloud.gateway.http.Exchange;
import multicloud.gateway.http.Failure;
import multicloud.gateway.http.Notes.Attempt;
import multicloud.gateway.http.RequestPath.AmbiguousPath;
import multicloud.gateway.http.Response;
import multicloud.gateway.transport.Call;
import multicloud.gateway.transport.Outcome;
import multicloud.gateway.upstream.Chance;
import multicloud.gateway.upstream.Choice;
import multicloud.gateway.upstream.Target;

/**
 * Sends a share of the requests to another server too, beside the exchange: whatever becomes of the copy, the client never learns. A
 * body that could not be sent twice is not copied.
 */
public final class Mirroring implements Integration {
    private static final int LARGEST_ANSWER = 1 << 20;

    /** A mirror that is slow must not fill the memory with what waits for it. */
    private static final int MOST_UNDER_WAY = 64;

    private final Integration next;
    private final Upstream mirror;
    private final double share;
    private final Chance chance;
    private final Semaphore places = new Semaphore(MOST_UNDER_WAY);

    /** @param share of the requests, above 0 and up to 1 */
    public Mirroring(Integration next, Upstream mirror, double share, Chance chance) {
        this.next = next;
        this.mirror = mirror;
        this.share = share;
        this.chance = chance;
    }

    @Override
    public Response handle(Exchange exchange) {
        boolean copied = share >= 1 || chance.share() < share;
        if (copied && !exchange.deadline().passed() && exchange.request().body().isBuffered()) {
            copy(exchange);
        }
        return next.handle(exchange);
    }

    @Override
    public Plan plan(Exchange exchange) {
        return next.plan(exchange);
    }

    @Override
    public List<Reach> reaches() {
        return Stream.concat(next.reaches().stream(), Reach.of(Reach.Means.MIRROR, mirror).stream())
                .toList();
    }

    private void copy(Exchange exchange) {
        UpstreamRequest.Ready request;
        try {
            request = mirror.requests().of(exchange);
        } catch (AmbiguousPath e) {
            return;
        }
        if (!(mirror.server().choose(List.of()) instanceof Choice.Chosen chosen)) {
            return;
        }
        Target target = chosen.target();
        Attempt noted = exchange.notes()
                .mirror(target.name(), target.place().cloud(), target.place().region());
        if (places.tryAcquire()) {
            exchange.aside().begin("mirror", () -> send(exchange, request, chosen, noted), noted::cancelled);
        } else {
            chosen.released();
            noted.cancelled();
        }
    }

    private void send(Exchange exchange, UpstreamRequest.Ready request, Choice.Chosen chosen, Attempt noted) {
        Deadline deadline = exchange.deadline().orAfter(mirror.timeouts().total());
        boolean concluded = false;
        try {
            Call call = new Call(
                    chosen.target().address().origin(), request.to(chosen.target()), mirror.timeouts(), deadline);
            Outcome outcome = mirror.transport().send(call);
            mirror.conclude(chosen, call, outcome, noted);
            concluded = true;
            if (outcome instanceof Outcome.Answered(Response response)) {
                read(response);
            }
        } finally {
            if (!concluded) {
                chosen.released();
            }
            places.release();
        }
    }

    /** To its end, so that the connection can be used again. */
    private static void read(Response response) {
        try {
            response.body().bytes(LARGEST_ANSWER, Failure.RESPONSE_TOO_LARGE);
        } catch (IOException e) {
            // Nobody reads it.
        }
    }
}
