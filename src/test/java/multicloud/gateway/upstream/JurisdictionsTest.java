package multicloud.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JurisdictionsTest {
    @ParameterizedTest
    @CsvSource({
        "us-east-1, us",
        "us-gov-west-1, us",
        "eu-west-1, eu",
        "eu-west-2, uk",
        "eu-west-3, eu",
        "eu-central-1, eu",
        "eu-central-2, ch",
        "eusc-de-east-1, eu",
        "ap-southeast-2, au",
        "ap-south-2, in",
        "ca-west-1, ca",
        "eu-west-2a,",
        "eu-central-3,",
        "eu-gb,",
        "eu-zurich-1,",
        "us-nowhere-1,",
        "europe-west1,",
        "eu,",
        "'',"
    })
    void aRegionLiesInItsCountryOrTheUnion(String region, String jurisdiction) {
        assertThat(Jurisdictions.of(region, Map.of())).isEqualTo(jurisdiction);
    }

    @Test
    void theDocumentKnowsBetter() {
        assertThat(Jurisdictions.of("eu-central-2", Map.of("eu-central-2", "eu")))
                .isEqualTo("eu");
        assertThat(Jurisdictions.of("europe-west1", Map.of("europe-west1", "eu")))
                .isEqualTo("eu");
    }

    @Test
    void whereNobodyKnowsIsNowhere() {
        assertThat(Jurisdictions.of(null, Map.of())).isNull();
    }
}
