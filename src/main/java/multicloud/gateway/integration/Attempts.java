package multicloud.gateway.integration;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import multicloud.gateway.http.Answers;
import multicloud.gateway.http.Deadline;
import multicloud.gateway.http.Exchange;
import multicloud.gateway.http.Failure;
import multicloud.gateway.http.Headers;
import multicloud.gateway.http.Method;
import multicloud.gateway.http.Notes.Attempt;
import multicloud.gateway.http.Response;
import multicloud.gateway.transport.Call;
import multicloud.gateway.transport.Outcome;
import multicloud.gateway.upstream.Choice;
import multicloud.gateway.upstream.Choice.Chosen;
import multicloud.gateway.upstream.Retries;
import multicloud.gateway.upstream.Server;
import multicloud.gateway.upstream.Target;
import org.jspecify.annotations.Nullable;

/**
 * The attempts of one exchange, all within one deadline: first the preferred target, after a failure that may be repeated one that has
 * not been tried, and once all have been, again from the first. Used by one thread.
 */
final class Attempts {
    private final Upstream upstream;
    private final Exchange exchange;
    private final UpstreamRequest.Ready request;
    private final Deadline deadline;
    private final List<Target> tried = new ArrayList<>(2);
    private int made;

    Attempts(Upstream upstream, Exchange exchange, UpstreamRequest.Ready request) {
        this.upstream = upstream;
        this.exchange = exchange;
        this.request = request;
        this.deadline = exchange.deadline().orAfter(upstream.timeouts().total());
    }

    /** What is answered in the end: by the target that did, or in place of those that did not. */
    Response run() {
        retries().asked();
        Choice choice = server().choose(tried, isHeld());
        Tried last = null;
        while (choice instanceof Chosen chosen) {
            last = attempt(chosen);
            if (!last.fault() || !mayGoOn(last)) {
                return answer(last);
            }
            choice = next();
            if (!(choice instanceof Chosen following) || !pause(last, following)) {
                return answer(last);
            }
            last.discard();
        }
        long millis = choice instanceof Choice.Unavailable(long retryAfter) ? retryAfter : 0;
        long seconds = Math.max(1, Math.ceilDiv(millis, 1000L));
        return Answers.of(Failure.NO_TARGET, exchange, Headers.of("retry-after", Long.toString(seconds)));
    }

    private Server server() {
        return upstream.server();
    }

    private Retries retries() {
        return upstream.server().retries();
    }

    /** Another target, or, once all have been tried, one of them again. */
    private Choice next() {
        Choice choice = server().choose(tried, isHeld());
        if (choice instanceof Chosen || tried.isEmpty()) {
            return choice;
        }
        tried.clear();
        return server().choose(tried, isHeld());
    }

    private boolean mayGoOn(Tried last) {
        return made < retries().attempts()
                && !deadline.passed()
                && retries().isRepeatable(request.to(last.target()), last.sent())
                && retries().takeFromBudget();
    }

    /** Pauses before the next attempt; false where that would take longer than there is time. */
    private boolean pause(Tried last, Chosen following) {
        Duration pause = retries().pauseBefore(made + 1);
        if (following.target().equals(last.target())) {
            Duration asked = RetryAfter.of(last.outcome());
            pause = asked.compareTo(pause) > 0 ? asked : pause;
        }
        if (pause.toNanos() >= deadline.remainingNanos()) {
            following.released();
            return false;
        }
        try {
            Thread.sleep(pause);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            following.released();
            return false;
        }
    }

    private Tried attempt(Chosen chosen) {
        made++;
        tried.add(chosen.target());
        Duration after = server().hedgeAfter();
        boolean hedged = after != null
                && tried.size() == 1
                && Method.isSafe(exchange.request().method())
                && isHeld();
        return after != null && hedged ? new Race(this).run(chosen, after) : call(chosen, note(chosen));
    }

    /** Another target for a request whose first one is slow, or null where there is none or it would be too much. */
    @Nullable
    Chosen second() {
        Choice choice = server().choose(tried, isHeld());
        if (!(choice instanceof Chosen chosen)) {
            return null;
        }
        if (deadline.passed() || !retries().takeFromBudget()) {
            chosen.released();
            return null;
        }
        tried.add(chosen.target());
        return chosen;
    }

    /** Notes that a call begins. */
    Attempt note(Chosen chosen) {
        Target target = chosen.target();
        return exchange.notes()
                .attempt(target.name(), target.place().cloud(), target.place().region());
    }

    /** One call to one target. Called by two threads at once where a slow target is raced with another. */
    Tried call(Chosen chosen, Attempt noted) {
        Target target = chosen.target();
        Duration perTry = isHeld() ? retries().perTry() : null;
        Deadline headBy = perTry == null ? deadline : deadline.orAfter(perTry);
        Call call = new Call(target.address().origin(), request.to(target), upstream.timeouts(), deadline, headBy);
        boolean concluded = false;
        try {
            Outcome outcome = upstream.transport().send(call);
            boolean fault = upstream.conclude(chosen, call, outcome, noted);
            concluded = true;
            return new Tried(target, outcome, fault, noted);
        } finally {
            if (!concluded) {
                chosen.released();
            }
        }
    }

    private boolean isHeld() {
        return exchange.request().body().isBuffered();
    }

    private Response answer(Tried last) {
        return switch (last.outcome()) {
            case Outcome.Answered(Response response) -> UpstreamAnswer.of(response, exchange, last.noted());
            case Outcome.Failed failed -> Answers.of(failed.failure(), exchange);
        };
    }
}
