package multicloud.gateway.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class S3LocationTest {
    @Test
    void allAfterTheBucketIsTheKeyAsItStands() {
        assertThat(S3Location.parse("s3://b/a b/c+d?e#f%20")).isEqualTo(new S3Location("b", "a b/c+d?e#f%20"));
        assertThat(S3Location.parse("S3://b//k").key()).isEqualTo("/k");
        assertThat(S3Location.parse("s3://b/k")).hasToString("s3://b/k");
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3://", "s3://b", "s3://b/", "s3:///k", "s3://b c/k", "s3://b@h/k", "https://b/k", "file"})
    void anythingElseIsRefusedWithAReason(String text) {
        assertThatThrownBy(() -> S3Location.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(text);
    }

    @Test
    void theUnreservedStayAndTheRestIsEncodedOnce() {
        assertThat(new S3Location("b", "az AZ-._~/+%41é").encodedKey()).isEqualTo("az%20AZ-._~/%2B%2541%C3%A9");
    }

    @ParameterizedTest
    @CsvSource({"plain,true", "a-b,true", "with.dot,false", "Upper,false", "under_score,false", "-dash,false"})
    void onlyALabelCanStandInAHostsName(String bucket, boolean label) {
        assertThat(new S3Location(bucket, "k").isHostLabel()).isEqualTo(label);
    }
}
