package multicloud.gateway.config;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import multicloud.gateway.config.Node.Text;
import multicloud.gateway.config.Resilience.Balance;
import multicloud.gateway.config.Resilience.Breaker;
import multicloud.gateway.config.Resilience.FailedOn;
import multicloud.gateway.config.Resilience.Hedge;
import multicloud.gateway.config.Resilience.Mirror;
import multicloud.gateway.config.Resilience.More;
import multicloud.gateway.config.Resilience.Retry;
import org.jspecify.annotations.Nullable;

/** Reads what a server does about targets that fail or are slow. */
final class ResilienceReader {
    static final List<String> BALANCES = List.of("weighted", "latency");
    static final Keys RETRY = Keys.of("attempts", "on", "per_try", "backoff", "budget", "idempotency_key");
    static final Keys BREAKER = Keys.of("failures", "window", "open_for");
    static final Keys HEDGE = Keys.of("after");
    static final Keys MIRROR = Keys.of("server", "share");
    private static final int MOST_ATTEMPTS = 10;
    private static final int DEFAULT_ATTEMPTS = 2;
    private static final int MOST_FAILURES = 1000;
    private static final int DEFAULT_FAILURES = 5;
    private static final Duration BACKOFF = Duration.ofMillis(25);
    private static final Duration WINDOW = Duration.ofSeconds(10);
    private static final Duration OPEN_FOR = Duration.ofSeconds(15);
    private static final String EXPECTED_FAILURE = "\"connect\", \"reset\", \"timeout\" or a status such as \"503\"";

    private final ObjectReader server;
    private final Findings findings;

    ResilienceReader(ObjectReader server, Findings findings) {
        this.server = server;
        this.findings = findings;
    }

    /**
     * All of it.
     *
     * @param targets how many targets the server has
     */
    Resilience read(int targets) {
        boolean latency = server.word("balance", BALANCES).equals("latency");
        return new Resilience(
                latency ? Balance.LATENCY : Balance.WEIGHTED, retry(), breaker(), hedge(targets), mirror());
    }

    private @Nullable Retry retry() {
        ObjectReader retry = server.object("retry", RETRY);
        if (retry == null) {
            return null;
        }
        Duration perTry = duration(retry, "per_try", Amount::duration);
        Duration backoff = duration(retry, "backoff", Amount::durationOrZero);
        return new Retry(
                retry.integer("attempts", 1, MOST_ATTEMPTS, DEFAULT_ATTEMPTS),
                failures(retry),
                perTry,
                backoff == null ? BACKOFF : backoff,
                new More(
                        retry.share("budget", More.DEFAULT.budget(), true),
                        retry.flag("idempotency_key", More.DEFAULT.idempotencyKey())));
    }

    private FailedOn failures(ObjectReader retry) {
        if (!retry.has("on")) {
            return FailedOn.DEFAULT;
        }
        Set<String> words = new HashSet<>();
        Set<Integer> statuses = new HashSet<>();
        for (Node item : retry.items("on")) {
            Text text = retry.text(item, EXPECTED_FAILURE);
            if (text == null || text.isOpaque()) {
                continue;
            }
            int status = status(text.value());
            if (status > 0) {
                statuses.add(status);
            } else if (!words(text.value())) {
                findings.unfit(
                        text, Rule.VALUE, EXPECTED_FAILURE, "expected " + EXPECTED_FAILURE + ", found " + text.shown());
            }
            words.add(text.value());
        }
        return new FailedOn(words.contains("connect"), words.contains("reset"), words.contains("timeout"), statuses);
    }

    private static boolean words(String word) {
        return word.equals("connect") || word.equals("reset") || word.equals("timeout");
    }

    /** An answer that says the target is at fault: 408, 425, 429 or any from 500; 0 for anything else. */
    private static int status(String text) {
        return switch (text) {
            case "408", "425", "429" -> Integer.parseInt(text);
            default -> text.matches("5[0-9][0-9]") ? Integer.parseInt(text) : 0;
        };
    }

    private @Nullable Breaker breaker() {
        ObjectReader breaker = server.object("breaker", BREAKER);
        if (breaker == null) {
            return null;
        }
        Duration window = duration(breaker, "window", Amount::duration);
        Duration openFor = duration(breaker, "open_for", Amount::duration);
        return new Breaker(
                breaker.integer("failures", 1, MOST_FAILURES, DEFAULT_FAILURES),
                window == null ? WINDOW : window,
                openFor == null ? OPEN_FOR : openFor);
    }

    private @Nullable Hedge hedge(int targets) {
        ObjectReader hedge = server.object("hedge", HEDGE);
        if (hedge == null) {
            return null;
        }
        hedge.require("after");
        if (targets == 1) {
            findings.warning(
                    Rule.NO_EFFECT, hedge.offset(), "a hedge asks another target, and this server has only one");
        }
        Duration after = duration(hedge, "after", Amount::duration);
        return after == null ? null : new Hedge(after);
    }

    private @Nullable Mirror mirror() {
        ObjectReader mirror = server.object("mirror", MIRROR);
        if (mirror == null) {
            return null;
        }
        mirror.require("server");
        Text other = mirror.name("server");
        double share = mirror.share("share", 1, false);
        return other == null ? null : new Mirror(other.value(), share);
    }

    private @Nullable Duration duration(
            ObjectReader owner, String key, BiFunction<Text, Findings, @Nullable Duration> amount) {
        Text text = owner.text(key, Amount.EXPECTED_DURATION);
        return text == null ? null : amount.apply(text, findings);
    }
}
