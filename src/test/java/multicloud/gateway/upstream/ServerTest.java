package multicloud.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import multicloud.gateway.http.Timeouts;
import multicloud.gateway.transport.AddressRule;
import multicloud.gateway.transport.Origin;
import org.junit.jupiter.api.Test;

class ServerTest {
    private static Target target(int priority, int weight) {
        return new Target(
                "t",
                new Target.Address(new Origin(true, "a.example", 443, AddressRule.PUBLIC), "/base"),
                new Target.Place(null, null),
                new Target.Turn(priority, weight));
    }

    private static List<Double> shares(Target... targets) {
        Duration second = Duration.ofSeconds(1);
        Server server = new Server("s", List.of(targets), new Timeouts(second, second, second, second));
        return server.targets().stream().map(server::share).toList();
    }

    @Test
    void theOnlyTargetGetsEverything() {
        assertThat(shares(target(7, 3))).containsExactly(1.0);
    }

    @Test
    void targetsOfTheFirstPriorityShareByWeightAndThoseBelowGetNothing() {
        assertThat(shares(target(2, 5), target(1, 3), target(1, 1), target(9, 1)))
                .containsExactly(0.0, 0.75, 0.25, 0.0);
    }

    @Test
    void anAddressIsWrittenAsAUrl() {
        assertThat(target(0, 1).address().url()).isEqualTo("https://a.example/base");
        assertThat(new Target.Address(new Origin(false, "::1", 8080, AddressRule.PRIVATE), "").url())
                .isEqualTo("http://[::1]:8080");
    }
}
