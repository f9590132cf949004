package multicloud.gateway.bench;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import multicloud.gateway.config.BaseUrl;
import multicloud.gateway.config.Resilience;
import multicloud.gateway.config.Resilience.Balance;
import multicloud.gateway.config.Resilience.Breaker;
import multicloud.gateway.config.ServerConfig.Place;
import multicloud.gateway.config.ServerConfig.TargetConfig;
import multicloud.gateway.transport.AddressRule;
import multicloud.gateway.transport.Origin;
import multicloud.gateway.upstream.Chance;
import multicloud.gateway.upstream.Choice;
import multicloud.gateway.upstream.Server;
import multicloud.gateway.upstream.Target;
import multicloud.gateway.upstream.TargetStates;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Which target takes a request, among 2 and among 200 of one priority, and what its answer then says of it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ChooseBenchmark {
    @Param({"2", "200"})
    int targets;

    @Param({"WEIGHTED", "LATENCY"})
    Balance balance;

    private Server server;

    @Setup
    public void prepare() {
        TargetStates states = new TargetStates(InstantSource.system(), new Chance(1));
        Breaker breaker = new Breaker(5, Duration.ofSeconds(10), Duration.ofSeconds(15));
        List<Target> all = IntStream.range(0, targets)
                .mapToObj(i -> target(states, i, breaker))
                .toList();
        server = new Server("s", all, new Resilience(balance, null, breaker, null, null), states);
    }

    private static Target target(TargetStates states, int number, Breaker breaker) {
        String host = "t" + number + ".example.com";
        TargetConfig config = new TargetConfig(
                host, new BaseUrl(true, host, 443, "", false), new Place(null, null, null), 0, 1 + number % 10);
        Target.Address address = new Target.Address(new Origin(true, host, 443, AddressRule.PUBLIC), "");
        return states.target(config, address, breaker);
    }

    @Benchmark
    public Choice choose() {
        Choice choice = server.choose(List.of());
        if (choice instanceof Choice.Chosen chosen) {
            chosen.succeeded(20, server.now());
        }
        return choice;
    }
}
