package multicloud.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BudgetTest {
    private final WallClock clock = new WallClock();
    private final Budget budget = new Budget(0.2, new TargetStates(clock, new Chance(1)));

    private int taken(int wanted) {
        int taken = 0;
        for (int i = 0; i < wanted; i++) {
            taken += budget.take() ? 1 : 0;
        }
        return taken;
    }

    @Test
    void aFewAreFreeHoweverFewRequestsThereAre() {
        budget.asked();
        assertThat(taken(100)).isEqualTo(Budget.FREE);
    }

    @Test
    void underLoadTheShareCounts() {
        for (int i = 0; i < 1000; i++) {
            budget.asked();
        }
        assertThat(taken(1000)).isEqualTo(200);
    }

    @Test
    void itIsOfTheLastTenSeconds() {
        for (int i = 0; i < 1000; i++) {
            budget.asked();
        }
        clock.advance(Duration.ofSeconds(9));
        assertThat(taken(150)).isEqualTo(150);
        clock.advance(Duration.ofSeconds(1));
        assertThat(taken(100)).isZero();
        clock.advance(Duration.ofSeconds(9));
        assertThat(taken(100)).isEqualTo(Budget.FREE);
    }

    @Test
    void afterALongPauseOrASetClockItBeginsAnew() {
        assertThat(taken(20)).isEqualTo(Budget.FREE);
        clock.advance(Duration.ofHours(1));
        assertThat(taken(20)).isEqualTo(Budget.FREE);
        clock.advance(Duration.ofHours(-2));
        assertThat(taken(20)).isEqualTo(Budget.FREE);
    }
}
