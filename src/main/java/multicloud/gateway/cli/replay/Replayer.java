package multicloud.gateway.cli.replay;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import multicloud.gateway.Explanation;
import multicloud.gateway.Gateway;
import multicloud.gateway.cli.diff.Sample;
import multicloud.gateway.config.GatewayConfig;
import multicloud.gateway.config.PathConfig.MatchConfig;
import multicloud.gateway.route.Candidate;

/**
 * Says of requests of a log what a document would answer them. The log has neither query nor headers: where a route asks for some, a
 * request may have had them or not. Not safe for use by several threads.
 */
public final class Replayer {
    /** Of so many paths the answers are kept: a long log comes back to the same ones. */
    private static final int MOST_KNOWN = 100_000;

    private final GatewayConfig config;
    private final Gateway gateway;
    private final Map<Asked, List<Answer>> known = new HashMap<>();

    public Replayer(GatewayConfig config) {
        this.config = config;
        this.gateway = Gateway.forExplaining(config);
    }

    /** What a log says of a request before it was answered. */
    private record Asked(String method, String path) {}

    /** What is to be said of a request. */
    public sealed interface Verdict {
        /** It would be answered as it was. */
        record Same() implements Verdict {}

        /** The log does not have what decides it. */
        record Unsure() implements Verdict {}

        /** It would be answered otherwise; how, in words. */
        record Different(String how) implements Verdict {}
    }

    public Verdict replay(LoggedRequest logged) {
        if (logged.method().equals("OPTIONS") || !logged.path().startsWith("/")) {
            return new Verdict.Unsure();
        }
        List<List<String>> differences = known(new Asked(logged.method(), logged.path())).stream()
                .map(answer -> answer.differences(logged))
                .toList();
        if (differences.stream().allMatch(List::isEmpty)) {
            return new Verdict.Same();
        }
        return differences.stream().anyMatch(List::isEmpty)
                ? new Verdict.Unsure()
                : new Verdict.Different(String.join("; ", differences.getFirst()));
    }

    private List<Answer> known(Asked asked) {
        List<Answer> answers = known.get(asked);
        if (answers == null) {
            answers = answers(asked);
            if (known.size() < MOST_KNOWN) {
                known.put(asked, answers);
            }
        }
        return answers;
    }

    /** The answer to a request that has nothing but its path first, then those of routes whose conditions may have held. */
    private List<Answer> answers(Asked asked) {
        Explanation plain = explain(asked, MatchConfig.NONE);
        List<Answer> answers = new ArrayList<>();
        answers.add(Answer.of(plain, config));
        for (Candidate other : plain.decision().others()) {
            boolean conditional = switch (other.reason()) {
                case HOST, HEADER, QUERY -> true;
                // Its method is looked at first; whether it is 405 or 404 is decided by its conditions.
                case METHOD -> other.route().config().match().count() > 0;
                case PATH, PRECEDENCE -> false;
            };
            if (conditional) {
                answers.add(Answer.of(explain(asked, other.route().config().match()), config));
            }
        }
        return answers;
    }

    private Explanation explain(Asked asked, MatchConfig match) {
        return gateway.explain(Sample.of(asked.method(), asked.path(), match));
    }
}
