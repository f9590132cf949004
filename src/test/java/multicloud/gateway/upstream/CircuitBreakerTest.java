package multicloud.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import multicloud.gateway.config.Resilience.Breaker;
import multicloud.gateway.upstream.CircuitBreaker.Permit;
import org.junit.jupiter.api.Test;

class CircuitBreakerTest {
    private static final long START = 1_800_000_000_000L;

    private final CircuitBreaker breaker =
            new CircuitBreaker(new Breaker(3, Duration.ofSeconds(10), Duration.ofSeconds(15)));

    private void fail(double... seconds) {
        for (double second : seconds) {
            breaker.acquire(true, at(second)).failed(at(second));
        }
    }

    private static long at(double second) {
        return START + (long) (second * 1000);
    }

    @Test
    void itOpensAfterSoManyFailuresInARow() {
        fail(0, 1);
        assertThat(breaker.allows(true, at(1))).isTrue();
        fail(2);
        assertThat(breaker.allows(true, at(2))).isFalse();
        assertThat(breaker.acquire(true, at(2))).isNull();
        assertThat(breaker.allowsAt(at(3))).isEqualTo(at(17));
    }

    @Test
    void aSuccessInBetweenBeginsTheCountAnew() {
        fail(0, 1);
        breaker.acquire(true, at(1)).succeeded(at(1));
        fail(2, 3);
        assertThat(breaker.allows(true, at(3))).isTrue();
        fail(4);
        assertThat(breaker.allows(true, at(4))).isFalse();
    }

    @Test
    void failuresThatAreTooFarApartDoNotCountTogether() {
        fail(0, 6, 11);
        assertThat(breaker.allows(true, at(11))).isTrue();
        fail(12);
        assertThat(breaker.allows(true, at(12))).isFalse();
    }

    @Test
    void whatIsNotTheTargetsFaultDoesNotCount() {
        fail(0, 1);
        breaker.acquire(true, at(2)).released();
        assertThat(breaker.allows(true, at(2))).isTrue();
    }

    @Test
    void oneRequestAtATimeTriesItAgain() {
        fail(0, 1, 2);
        Permit probe = breaker.acquire(true, at(17));
        assertThat(probe).isNotNull();
        assertThat(breaker.allows(true, at(17))).isFalse();
        assertThat(breaker.acquire(true, at(18))).isNull();
        probe.succeeded(at(18));
        assertThat(breaker.allows(true, at(18))).isTrue();
        assertThat(breaker.acquire(true, at(18))).isNotNull();
        assertThat(breaker.acquire(true, at(18))).isNotNull();
    }

    @Test
    void aTrialThatFailsOpensItForAsLongAgain() {
        fail(0, 1, 2);
        breaker.acquire(true, at(17)).failed(at(20));
        assertThat(breaker.allows(true, at(34.9))).isFalse();
        assertThat(breaker.allows(true, at(35))).isTrue();
    }

    @Test
    void aTrialThatIsGivenUpLeavesTheNextOneIn() {
        fail(0, 1, 2);
        breaker.acquire(true, at(17)).released();
        assertThat(breaker.acquire(true, at(17))).isNotNull();
    }

    @Test
    void aLateFailureOfAnEarlierRequestDoesNotKeepItOpenLonger() {
        Permit late = breaker.acquire(true, at(0));
        fail(0, 1, 2);
        late.failed(at(10));
        assertThat(breaker.allows(true, at(17))).isTrue();
    }

    @Test
    void afterItHasRecoveredATargetGetsItsShareBackLittleByLittle() {
        assertThat(breaker.share(at(0))).isEqualTo(1);
        fail(0, 1, 2);
        breaker.acquire(true, at(17)).succeeded(at(17));
        assertThat(breaker.share(at(17))).isEqualTo(0.1);
        assertThat(breaker.share(at(24.5))).isEqualTo(0.55);
        assertThat(breaker.share(at(32))).isEqualTo(1);
        assertThat(breaker.share(at(100))).isEqualTo(1);
    }

    @Test
    void aClockThatIsSetBackDoesNotKeepItOpen() {
        fail(0, 1, 2);
        assertThat(breaker.allows(true, at(-100))).isTrue();
    }

    @Test
    void itForgets() {
        fail(0, 1, 2);
        breaker.reset();
        assertThat(breaker.allows(true, at(2))).isTrue();
        fail(3, 4);
        assertThat(breaker.allows(true, at(4))).isTrue();
    }

    @Test
    void withoutSettingsItNeverOpens() {
        CircuitBreaker none = new CircuitBreaker(null);
        for (int i = 0; i < 100; i++) {
            none.acquire(true, at(0)).failed(at(0));
        }
        assertThat(none.allows(true, at(0))).isTrue();
        assertThat(none.share(at(0))).isEqualTo(1);
    }

    @Test
    void aRequestThatWaitsForItsClientKeepsNobodyFromTrying() {
        fail(0, 1, 2);
        assertThat(breaker.acquire(false, at(17))).as("not before anybody else").isNull();
        Permit slow = breaker.acquire(false, at(32));
        assertThat(breaker.acquire(false, at(33))).isNull();
        Permit prompt = breaker.acquire(true, at(33));
        assertThat(breaker.acquire(true, at(33))).isNull();
        slow.released();
        slow.failed(at(34));
        assertThat(breaker.acquire(true, at(34))).as("still being tried").isNull();
        prompt.succeeded(at(35));
        assertThat(breaker.allows(true, at(35))).isTrue();
    }

    @Test
    void whatBeganBeforeItWasLeftOutDoesNotCountAfterwards() {
        Permit first = breaker.acquire(true, at(0));
        Permit second = breaker.acquire(true, at(0));
        Permit third = breaker.acquire(true, at(0));
        fail(0, 1, 2);
        breaker.acquire(true, at(17)).succeeded(at(17));
        first.failed(at(18));
        second.failed(at(18));
        third.failed(at(18));
        assertThat(breaker.allows(true, at(18))).isTrue();
    }
}
