package multicloud.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodyTest {
    private static final byte[] BYTES = {0, 1, 2, -1};

    @ParameterizedTest
    @ValueSource(longs = {-1, 4})
    void aStreamedBodyIsReadUpToItsLimit(long length) throws IOException {
        assertThat(Body.streamed(new ByteArrayInputStream(BYTES), length).bytes(4, Failure.BODY_TOO_LARGE))
                .isEqualTo(BYTES);
        assertThatThrownBy(() ->
                        Body.streamed(new ByteArrayInputStream(BYTES), length).bytes(3, Failure.RESPONSE_TOO_LARGE))
                .isInstanceOfSatisfying(
                        BodyFailure.class, e -> assertThat(e.failure()).isEqualTo(Failure.RESPONSE_TOO_LARGE));
    }

    @Test
    void aBufferedBodyIsReadAgainAndAgain() throws IOException {
        Body body = Body.of(BYTES);
        assertThat(body.isReplayable()).isTrue();
        assertThat(body.stream().readAllBytes()).isEqualTo(BYTES);
        assertThat(body.bytes(4, Failure.BODY_TOO_LARGE)).isEqualTo(BYTES);
        assertThatThrownBy(() -> body.bytes(3, Failure.BODY_TOO_LARGE)).isInstanceOf(BodyFailure.class);
    }

    @Test
    void absentAndEmptyAreTwoThings() {
        assertThat(Body.absent().isAbsent()).isTrue();
        assertThat(Body.of(new byte[0]).isAbsent()).isFalse();
        assertThat(Body.empty().length()).isZero();
    }
}
