package multicloud.gateway.policy;

import static org.assertj.core.api.Assertions.assertThat;

import multicloud.gateway.http.Body;
import multicloud.gateway.http.Headers;
import multicloud.gateway.http.Response;
import multicloud.gateway.testing.Exchanges;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoopGuardTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "other|200",
                "multicloud-gateway|200",
                "multicloud-gateway-2, multicloud-gateway|200",
                "multicloud-gateway, multicloud-gateway|508",
                "multicloud-gateway,other,Multicloud-Gateway; v=1|508",
                "multicloud-gateway ;a=1,multicloud-gateway,multicloud-gateway|508"
            })
    void theThirdPassIsStopped(String field, int status) {
        assertThat(status("CDN-Loop", field)).isEqualTo(status);
    }

    @Test
    void passesInSeveralFieldsAreCountedTogether() {
        assertThat(status("cdn-loop", "multicloud-gateway", "CDN-Loop", "multicloud-gateway"))
                .isEqualTo(508);
    }

    private static int status(String... headers) {
        return new LoopGuard()
                .around(exchange -> new Response(200, Headers.empty(), Body.empty()))
                .handle(Exchanges.get("/", headers))
                .status();
    }
}
