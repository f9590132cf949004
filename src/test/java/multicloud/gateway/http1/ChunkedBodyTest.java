package multicloud.gateway.http1;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.core5.http.impl.io.SessionInputBufferImpl;
import org.junit.jupiter.api.Test;

class ChunkedBodyTest {
    /** A content of which all these bytes have come. */
    private static ChunkedBody of(String bytes) throws IOException {
        SessionInputBufferImpl buffer = new SessionInputBufferImpl(1024);
        InputStream in = new ByteArrayInputStream(bytes.getBytes(US_ASCII));
        buffer.fillBuffer(in);
        return new ChunkedBody(buffer, in);
    }

    @Test
    void behindAChunkNothingIsAvailableUntilTheNextOneBegins() throws IOException {
        ChunkedBody body = of("5\r\nHELLO\r\n");
        assertThat(body.available()).isPositive();
        assertThat(body.readNBytes(3)).asString(US_ASCII).isEqualTo("HEL");
        assertThat(body.available()).isEqualTo(2);
        assertThat(body.readNBytes(2)).asString(US_ASCII).isEqualTo("LO");
        assertThat(body.available()).isZero();
    }

    @Test
    void anEndThatHasComeIsAvailableUntilItIsRead() throws IOException {
        ChunkedBody body = of("5\r\nHELLO\r\n0\r\n\r\n");
        body.readNBytes(5);
        assertThat(body.available()).isPositive();
        assertThat(body.read()).isNegative();
        assertThat(body.available()).isZero();
    }

    @Test
    void trailersAreHeldToTheRulesOfFields() throws IOException {
        assertThat(of("1\r\nx\r\n0\r\nA: 1\r\nB: 2\r\n\r\n").readAllBytes()).hasSize(1);
        assertThatThrownBy(() -> of("1\r\nx\r\n0\r\nno colon\r\n\r\n").readAllBytes())
                .isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> of("0\r\nA: " + "x".repeat(17_000)).readAllBytes())
                .isInstanceOfSatisfying(
                        MalformedException.class, e -> assertThat(e.isTooLong()).isTrue());
        assertThatThrownBy(() -> of("5\r\nHEL").readAllBytes()).isInstanceOf(EOFException.class);
    }
}
