package multicloud.gateway.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AwsEnvironmentTest {
    private static AwsEndpoint endpoint(Map<String, String> variables) {
        return new AwsEnvironment(variables).endpoint("s3", "eu-west-1");
    }

    @Test
    void theRegionIsAwsRegionThenTheDefault() {
        assertThat(new AwsEnvironment(Map.of("AWS_REGION", "eu-west-1", "AWS_DEFAULT_REGION", "x")).region())
                .isEqualTo("eu-west-1");
        assertThat(new AwsEnvironment(Map.of("AWS_REGION", " ", "AWS_DEFAULT_REGION", "us-east-2")).region())
                .isEqualTo("us-east-2");
        assertThat(new AwsEnvironment(Map.of()).region()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"eu-west-1.evil.example", "EU", "a b", "-x", "x/y"})
    void whatIsNoRegionNeverGetsIntoAHostsName(String region) {
        assertThatThrownBy(() -> new AwsEnvironment(Map.of("AWS_REGION", region)).region())
                .hasMessageContaining("no AWS region");
    }

    @ParameterizedTest
    @CsvSource({
        "eu-west-1, s3.eu-west-1.amazonaws.com",
        "us-gov-west-1, s3.us-gov-west-1.amazonaws.com",
        "cn-north-1, s3.cn-north-1.amazonaws.com.cn",
        "us-iso-east-1, s3.us-iso-east-1.c2s.ic.gov",
        "us-isob-east-1, s3.us-isob-east-1.sc2s.sgov.gov",
        "us-isof-south-1, s3.us-isof-south-1.csp.hci.ic.gov",
        "eu-isoe-west-1, s3.eu-isoe-west-1.cloud.adc-e.uk",
        "eusc-de-east-1, s3.eusc-de-east-1.amazonaws.eu"
    })
    void everyPartitionHasItsSuffix(String region, String host) {
        assertThat(new AwsEnvironment(Map.of()).endpoint("s3", region))
                .isEqualTo(new AwsEndpoint(true, host, 443, "", false));
    }

    @Test
    void theServicesOwnEndpointWinsOverTheCommonOne() {
        assertThat(endpoint(Map.of("AWS_ENDPOINT_URL", "http://localhost:4566")))
                .isEqualTo(new AwsEndpoint(false, "localhost", 4566, "", true));
        assertThat(endpoint(Map.of("AWS_ENDPOINT_URL", "http://x", "AWS_ENDPOINT_URL_S3", "https://Y.example/base/")))
                .isEqualTo(new AwsEndpoint(true, "y.example", 443, "/base", true));
        assertThat(new AwsEnvironment(Map.of("AWS_ENDPOINT_URL_S3", "http://x")).endpoint("sts", "eu-west-1"))
                .isEqualTo(AwsEndpoint.of("sts", "eu-west-1"));
    }

    @Test
    void configuredEndpointsCanBeIgnored() {
        assertThat(endpoint(Map.of("AWS_ENDPOINT_URL", "http://x", "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true")))
                .isEqualTo(AwsEndpoint.of("s3", "eu-west-1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"localhost:4566", "ftp://x", "http://", "http://x?y", "http://u@x", "http://x:0", "http://a b"})
    void anImpossibleEndpointIsNamedWithItsVariable(String url) {
        assertThatThrownBy(() -> endpoint(Map.of("AWS_ENDPOINT_URL", url)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("AWS_ENDPOINT_URL: ")
                .hasMessageContaining(url);
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:4566, true",
        "http://127.0.0.1:9000, true",
        "http://[::1]:9000, true",
        "http://minio:9000, true",
        "https://s3.eu-west-1.amazonaws.com, false",
        "http://s3.localhost.localstack.cloud:4566, false"
    })
    void anAddressHasNoNamesBelowIt(String url, boolean none) {
        assertThat(AwsEndpoint.parse(url).hasNoSubdomains()).isEqualTo(none);
    }
}
