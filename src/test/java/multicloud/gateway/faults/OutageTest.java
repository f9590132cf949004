package multicloud.gateway.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import multicloud.gateway.faults.Outage.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The short form of what {@code bench/run failover} does. */
class OutageTest {
    @ParameterizedTest
    @EnumSource
    void noGetFailsWhileOneOfTwoCloudsDoes(Kind kind) throws Exception {
        assertThat(Outage.gets(kind, 3_000, 8).failed()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void noPostWithoutAKeyReachesCloudsTwice(long seed) throws Exception {
        Outage.Mixed mixed = Outage.mixed(seed, 600, 8);
        assertThat(mixed.postsTwice()).isZero();
        assertThat(mixed.othersTwice()).isPositive();
        assertThat(mixed.answered()).isPositive();
    }

    @Test
    void quantilesAreOfAllRequests() {
        Outage.Gets gets = new Outage.Gets(0, List.of(1L, 2L, 3L, 4L));
        assertThat(gets.quantile(0.5)).isEqualTo(3);
        assertThat(gets.quantile(1)).isEqualTo(4);
    }
}
