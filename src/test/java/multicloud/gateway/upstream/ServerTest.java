package multicloud.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import multicloud.gateway.config.BaseUrl;
import multicloud.gateway.config.BaseUrl.InvalidUrl;
import multicloud.gateway.config.Resilience;
import multicloud.gateway.config.Resilience.Balance;
import multicloud.gateway.config.Resilience.Breaker;
import multicloud.gateway.config.ServerConfig.Place;
import multicloud.gateway.config.ServerConfig.TargetConfig;
import multicloud.gateway.transport.AddressRule;
import multicloud.gateway.transport.Origin;
import multicloud.gateway.upstream.Choice.Chosen;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class ServerTest {
    private static final Breaker BREAKER = new Breaker(2, Duration.ofSeconds(10), Duration.ofSeconds(15));

    private final WallClock clock = new WallClock();

    private Server server(long seed, Balance balance, String... targets) {
        return server(new TargetStates(clock, new Chance(seed)), balance, targets);
    }

    /** Targets as {@code name priority weight}. */
    private static Server server(TargetStates states, Balance balance, String... targets) {
        List<Target> all = new ArrayList<>();
        for (String target : targets) {
            String[] parts = target.split(" ");
            Target.Address address =
                    new Target.Address(new Origin(true, parts[0] + ".example.com", 443, AddressRule.PUBLIC), "");
            all.add(states.target(
                    new TargetConfig(
                            parts[0],
                            url(parts[0]),
                            new Place(null, null, null),
                            Integer.parseInt(parts[1]),
                            Integer.parseInt(parts[2])),
                    address,
                    BREAKER));
        }
        return new Server("s", all, new Resilience(balance, null, BREAKER, null, null), states);
    }

    private static BaseUrl url(String name) {
        try {
            return BaseUrl.parse("https://" + name + ".example.com");
        } catch (InvalidUrl e) {
            throw new AssertionError(e);
        }
    }

    private static Chosen choose(Server server, Target... tried) {
        return (Chosen) server.choose(List.of(tried));
    }

    private static String next(Server server) {
        return choose(server).target().name();
    }

    private void fail(Chosen chosen) {
        chosen.failed(1, clock.millis());
    }

    @RepeatedTest(20)
    void everyRunAsLongAsTheWeightsHasEachTargetAsOftenAsItsWeight(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        Map<String, Integer> weights = new TreeMap<>();
        int sum = 0;
        for (int i = 0; i < 2 + random.nextInt(5); i++) {
            int weight = 1 + random.nextInt(9);
            weights.put("t" + i, weight);
            sum += weight;
        }
        Server server = server(
                random.nextLong(),
                Balance.WEIGHTED,
                weights.entrySet().stream()
                        .map(entry -> entry.getKey() + " 0 " + entry.getValue())
                        .toArray(String[]::new));
        List<String> chosen = new ArrayList<>();
        for (int i = 0; i < 4 * sum; i++) {
            chosen.add(next(server));
        }
        for (int from = 0; from <= chosen.size() - sum; from++) {
            Map<String, Integer> counts = new TreeMap<>();
            chosen.subList(from, from + sum).forEach(name -> counts.merge(name, 1, Integer::sum));
            assertThat(counts).isEqualTo(weights);
        }
    }

    @Test
    void turnsAreSpreadEvenly() {
        Server server = server(1, Balance.WEIGHTED, "a 0 5", "b 0 1");
        StringBuilder chosen = new StringBuilder();
        for (int i = 0; i < 60; i++) {
            chosen.append(next(server));
        }
        assertThat(chosen.toString()).doesNotContain("bb").contains("b").doesNotContain("aaaaaa");
    }

    @Test
    void environmentsBeginAtDifferentPlaces() {
        Map<String, Integer> first = new TreeMap<>();
        for (int seed = 0; seed < 1000; seed++) {
            first.merge(next(server(seed, Balance.WEIGHTED, "a 0 3", "b 0 1")), 1, Integer::sum);
        }
        assertThat(first.get("a")).isBetween(700, 800);
    }

    @Test
    void anEnvironmentThatIsRestoredFromASnapshotBeginsElsewhereToo() {
        TreeSet<String> next = new TreeSet<>();
        for (int i = 0; i < 50; i++) {
            TreeSet<String> one = new TreeSet<>();
            TargetStates states = new TargetStates(clock, new Chance(1));
            Server server = server(states, Balance.WEIGHTED, "a 0 1", "b 0 1", "c 0 1", "d 0 1");
            next(server);
            states.forget();
            one.add(next(server));
            next.addAll(one);
        }
        assertThat(next).hasSizeGreaterThan(1);
    }

    @Test
    void theNextPriorityIsUsedWhenTheFirstHasNobodyLeft() {
        Server server = server(1, Balance.WEIGHTED, "near 0 1", "far 1 1", "farther 2 1");
        Chosen near = choose(server);
        assertThat(near.target().name()).isEqualTo("near");
        Chosen far = choose(server, near.target());
        assertThat(far.target().name()).isEqualTo("far");
        assertThat(choose(server, near.target(), far.target()).target().name()).isEqualTo("farther");
        assertThat(server.choose(server.targets())).isInstanceOf(Choice.Unavailable.class);
    }

    @Test
    void aTargetThatIsLeftOutTakesNothingUntilItIsTriedAgain() {
        Server server = server(1, Balance.WEIGHTED, "near 0 1", "far 1 1");
        fail(choose(server));
        fail(choose(server));
        assertThat(next(server)).isEqualTo("far");
        clock.advance(Duration.ofSeconds(15));
        Chosen probe = choose(server);
        assertThat(probe.target().name()).isEqualTo("near");
        assertThat(next(server)).isEqualTo("far");
        probe.succeeded(1, clock.millis());
        clock.advance(Duration.ofSeconds(15));
        assertThat(next(server)).isEqualTo("near");
    }

    @Test
    void whenAllAreLeftOutItSaysWhenTheFirstIsTriedAgain() {
        Server server = server(1, Balance.WEIGHTED, "near 0 1", "far 1 1");
        Target near = choose(server).target();
        for (int i = 0; i < 2; i++) {
            fail(choose(server));
        }
        clock.advance(Duration.ofSeconds(5));
        for (int i = 0; i < 2; i++) {
            fail(choose(server, near));
        }
        assertThat(server.choose(List.of())).isEqualTo(new Choice.Unavailable(10_000));
    }

    @Test
    void aTargetThatHasJustRecoveredGetsFewOfItsTurns() {
        Server server = server(7, Balance.WEIGHTED, "a 0 1", "b 0 1");
        Target other = server.targets().get(1);
        fail(choose(server, other));
        fail(choose(server, other));
        clock.advance(Duration.ofSeconds(15));
        choose(server, other).succeeded(1, clock.millis());
        assertThat(share(server, "a")).isBetween(0.02, 0.1);
        clock.advance(Duration.ofSeconds(15));
        assertThat(share(server, "a")).isEqualTo(0.5);
    }

    private static double share(Server server, String name) {
        int count = 0;
        for (int i = 0; i < 1000; i++) {
            count += next(server).equals(name) ? 1 : 0;
        }
        return count / 1000.0;
    }

    @Test
    void theQuickerOfTwoIsChosenAndASlowOneIsTriedAgain() {
        Server server = server(3, Balance.LATENCY, "slow 0 1", "quick 0 1");
        for (Target target : server.targets()) {
            new Chosen(target, target.state().breaker().acquire(true, clock.millis()))
                    .succeeded(target.name().equals("slow") ? 300 : 20, clock.millis());
        }
        assertThat(share(server, "quick")).isEqualTo(1);
        for (int second = 0; second < 40; second++) {
            clock.advance(Duration.ofSeconds(1));
            Chosen chosen = choose(server);
            if (chosen.target().name().equals("slow")) {
                return;
            }
            chosen.succeeded(20, clock.millis());
        }
        throw new AssertionError("the slow target has never been tried again");
    }

    @Test
    void aTargetOfWhichNothingIsKnownIsTried() {
        Server server = server(3, Balance.LATENCY, "known 0 1", "unknown 0 1");
        Target known = server.targets().getFirst();
        new Chosen(known, known.state().breaker().acquire(true, clock.millis())).succeeded(5, clock.millis());
        assertThat(next(server)).isEqualTo("unknown");
    }

    @Test
    void whoFailsAtOnceIsNotQuick() {
        Server server = server(3, Balance.LATENCY, "failing 0 1", "slow 0 1");
        for (Target target : server.targets()) {
            Chosen chosen = new Chosen(target, target.state().breaker().acquire(true, clock.millis()));
            if (target.name().equals("failing")) {
                chosen.failed(0.1, clock.millis());
            } else {
                chosen.succeeded(500, clock.millis());
            }
        }
        assertThat(share(server, "slow")).isEqualTo(1);
    }

    @Test
    void aTargetThatStaysKeepsWhatIsKnownOfIt() {
        TargetStates states = new TargetStates(clock, new Chance(1));
        Server before = server(states, Balance.WEIGHTED, "near 0 1", "far 1 1");
        fail(choose(before));
        fail(choose(before));
        Server after = server(states, Balance.LATENCY, "other 0 1", "near 0 9");
        states.retain(List.of(after));
        assertThat(next(after)).isEqualTo("other");
        assertThat(after.choose(List.of(choose(after).target()))).isInstanceOf(Choice.Unavailable.class);
    }

    @Test
    void aTargetThatWentIsForgotten() {
        TargetStates states = new TargetStates(clock, new Chance(1));
        Server before = server(states, Balance.WEIGHTED, "near 0 1");
        fail(choose(before));
        fail(choose(before));
        states.retain(List.of(server(states, Balance.WEIGHTED, "other 0 1")));
        assertThat(next(server(states, Balance.WEIGHTED, "near 0 1"))).isEqualTo("near");
    }

    private List<Double> shares(Balance balance, String... targets) {
        Server server = server(1, balance, targets);
        return server.targets().stream().map(server::share).toList();
    }

    @Test
    void theOnlyTargetGetsEverything() {
        assertThat(shares(Balance.WEIGHTED, "a 7 3")).containsExactly(1.0);
    }

    @Test
    void targetsOfTheFirstPriorityShareByWeightAndThoseBelowGetNothing() {
        assertThat(shares(Balance.WEIGHTED, "a 2 5", "b 1 3", "c 1 1", "d 9 1")).containsExactly(0.75, 0.25, 0.0, 0.0);
    }

    @Test
    void whereTheQuickerArePreferredNoWeightDecides() {
        assertThat(shares(Balance.LATENCY, "a 0 9", "b 0 1")).containsExactly(0.5, 0.5);
    }

    @Test
    void anAddressIsWrittenAsAUrl() {
        assertThat(new Target.Address(new Origin(true, "a.example", 443, AddressRule.PUBLIC), "/base").url())
                .isEqualTo("https://a.example/base");
        assertThat(new Target.Address(new Origin(false, "::1", 8080, AddressRule.PRIVATE), "").url())
                .isEqualTo("http://[::1]:8080");
    }

    @Test
    void aRecoveredTargetLeavesMostOfItsTurnsToTheNextPriorityAtFirst() {
        Server server = server(5, Balance.WEIGHTED, "first 0 1", "second 1 1");
        fail(choose(server));
        fail(choose(server));
        assertThat(next(server)).isEqualTo("second");
        clock.advance(Duration.ofSeconds(15));
        choose(server).succeeded(1, clock.millis());
        assertThat(share(server, "first")).isBetween(0.01, 0.4);
        clock.advance(Duration.ofSeconds(15));
        assertThat(share(server, "first")).isEqualTo(1);
    }
}
