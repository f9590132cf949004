package multicloud.gateway.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import multicloud.gateway.source.Freshness.Need;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FreshnessTest {
    private static Freshness of(Map<String, String> environment, List<String> complaints) {
        return Freshness.of(Settings.of(environment, Path.of("")), complaints);
    }

    @ParameterizedTest
    @CsvSource({
        // refresh, max stale, age in milliseconds
        "30, 300, 0, NOTHING",
        "30, 300, 29999, NOTHING",
        "30, 300, 30000, BESIDE",
        "30, 300, 299999, BESIDE",
        "30, 300, 300000, WAIT",
        "30, 300, 99999999, WAIT",
        "30, 300, -1, WAIT",
        "30, 300, -9223372036854775808, WAIT",
        "0, 300, 0, WAIT",
        "0, 0, 0, WAIT",
        "600, 300, 599999, NOTHING",
        "600, 300, 600000, WAIT",
        "30, 0, 29999, NOTHING",
        "30, 0, 30000, WAIT"
    })
    void theAgeDecides(long refresh, long maxStale, long age, Need need) {
        Freshness freshness = new Freshness(Duration.ofSeconds(refresh), Duration.ofSeconds(maxStale));
        assertThat(freshness.need(age)).isEqualTo(need);
    }

    @Test
    void whatNeverChangesIsAskedOnlyWhileNothingIsKnown() {
        assertThat(Freshness.ALWAYS.need(Long.MAX_VALUE - 1)).isEqualTo(Need.NOTHING);
        assertThat(Freshness.ALWAYS.need(-1)).isEqualTo(Need.WAIT);
    }

    @Test
    void theDefaultsAreHalfAMinuteAndFive() {
        List<String> complaints = new ArrayList<>();
        assertThat(of(Map.of(), complaints)).isEqualTo(new Freshness(Duration.ofSeconds(30), Duration.ofSeconds(300)));
        assertThat(of(Map.of("GATEWAY_CONFIG_REFRESH", " 5 ", "GATEWAY_CONFIG_MAX_STALE", "60"), complaints))
                .isEqualTo(new Freshness(Duration.ofSeconds(5), Duration.ofSeconds(60)));
        assertThat(complaints).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"-1", "1.5", "30s", "soon", "99999999999"})
    void whatIsNoNumberOfSecondsGivesWayToTheDefaultAndIsSaid(String value) {
        List<String> complaints = new ArrayList<>();
        assertThat(of(Map.of("GATEWAY_CONFIG_REFRESH", value), complaints).refresh())
                .isEqualTo(Duration.ofSeconds(30));
        assertThat(complaints)
                .containsExactly("GATEWAY_CONFIG_REFRESH is a whole number of seconds, not \"" + value
                        + "\": the default of 30 is used");
    }
}
