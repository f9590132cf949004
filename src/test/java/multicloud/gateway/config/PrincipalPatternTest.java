package multicloud.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import multicloud.gateway.config.PrincipalPattern.InvalidPrincipal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrincipalPatternTest {
    @ParameterizedTest
    @CsvSource({
        "arn:aws:iam::123456789012:role/deploy, arn:aws:sts::123456789012:assumed-role/deploy/i-1, true",
        "arn:aws:iam::123456789012:role/*, arn:aws:sts::123456789012:assumed-role/deploy/me@example.com, true",
        "arn:aws:iam::123456789012:role/de*oy, arn:aws:sts::123456789012:assumed-role/deploy-to-oy/i-1, true",
        "arn:aws:iam::123456789012:role/deploy, arn:aws:sts::123456789012:assumed-role/deploy2/i-1, false",
        "arn:aws:iam::123456789012:role/deploy, arn:aws:sts::123456789012:assumed-role/x/deploy, false",
        "arn:aws:iam::123456789012:role/deploy, arn:aws:sts::210987654321:assumed-role/deploy/i-1, false",
        "arn:aws:iam::123456789012:role/deploy, arn:aws-cn:sts::123456789012:assumed-role/deploy/i-1, false",
        "arn:aws:iam::123456789012:role/deploy, arn:aws:iam::123456789012:role/deploy, false",
        "arn:aws:iam::123456789012:role/Deploy, arn:aws:sts::123456789012:assumed-role/deploy/i-1, false",
        "arn:aws:sts::123456789012:assumed-role/deploy/ci-*, arn:aws:sts::123456789012:assumed-role/deploy/ci-7, true",
        "arn:aws:sts::123456789012:assumed-role/deploy/ci-*, arn:aws:sts::123456789012:assumed-role/deploy/me, false",
        "arn:aws:iam::123456789012:user/alice, arn:aws:iam::123456789012:user/alice, true",
        "arn:aws:iam::123456789012:user/*, arn:aws:iam::123456789012:user/alice, true",
        "arn:aws:iam::123456789012:user/*, arn:aws:iam::123456789012:user/team/alice, false",
        "arn:aws:iam::123456789012:user/team/*, arn:aws:iam::123456789012:user/team/alice, true",
        "arn:aws:iam::123456789012:user/*, arn:aws:iam::123456789012:root, false",
        "arn:aws:iam::123456789012:user/alice, arn:aws:iam::123456789012:user/alice2, false",
        "arn:aws:iam::123456789012:user/alice, arn:aws:iam::123456789012:user/alic, false",
        "arn:aws:iam::123456789012:root, arn:aws:iam::123456789012:root, true",
        "arn:aws-us-gov:sts::123456789012:federated-user/bob, arn:aws-us-gov:sts::123456789012:federated-user/bob, true",
        "arn:aws:iam::123456789012:user/*, '', false"
    })
    void aCallerIsOneOfThemOrNot(String principal, String arn, boolean one) throws InvalidPrincipal {
        assertThat(PrincipalPattern.parse(principal).matches(arn)).isEqualTo(one);
    }

    @Test
    @Timeout(10)
    void manyStarsTakeNoLongerThanTheyHaveTo() throws InvalidPrincipal {
        PrincipalPattern many = PrincipalPattern.parse("arn:aws:iam::123456789012:user/" + "a*".repeat(500) + "b");
        assertThat(many.matches("arn:aws:iam::123456789012:user/" + "a".repeat(20_000)))
                .isFalse();
    }
}
