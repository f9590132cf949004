package multicloud.gateway.cli.diff;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import multicloud.gateway.cli.diff.Facts.Group;
import multicloud.gateway.cli.diff.Facts.One;
import multicloud.gateway.cli.diff.Facts.Some;
import multicloud.gateway.cli.diff.Item.What;
import org.junit.jupiter.api.Test;

class EffectsTest {
    private static final Facts THING = new Group(Map.of("a", one("b")));

    private static Facts one(Object value) {
        return new One(value, value.toString());
    }

    private static Facts some(String... values) {
        return new Some(List.of(values));
    }

    @Test
    void whatLosesItsAuthorizerOrItsResidencyIsExposed() {
        for (String held : List.of("auth", "residency")) {
            assertThat(Effects.of(What.ROUTE, held, THING, null)).isEqualTo(Effect.EXPOSED);
            assertThat(Effects.of(What.ROUTE, held, null, THING)).isEqualTo(Effect.NARROWER);
        }
        assertThat(Effects.of(What.ROUTE, "residency", some("eu"), some("eu", "us")))
                .isEqualTo(Effect.WIDER);
        assertThat(Effects.of(What.ROUTE, "residency", some("eu", "us"), some("eu")))
                .isEqualTo(Effect.NARROWER);
    }

    @Test
    void whatMoreOfMeansIsKnownOfNumbersDurationsAndLists() {
        assertThat(Effects.of(What.ROUTE, "limits.body", one(1L), one(2L))).isEqualTo(Effect.WIDER);
        assertThat(Effects.of(What.SERVER, "allow_private_addresses", one(true), one(false)))
                .isEqualTo(Effect.NARROWER);
        assertThat(Effects.of(What.AUTHORIZER, "leeway", one(Duration.ZERO), one(Duration.ofSeconds(1))))
                .isEqualTo(Effect.WIDER);
        assertThat(Effects.of(What.AUTHORIZER, "require_exp", one(true), one(false)))
                .isEqualTo(Effect.WIDER);
        assertThat(Effects.of(What.ROUTE, "auth.scopes", some("a"), some("b"))).isEqualTo(Effect.WIDER);
        assertThat(Effects.of(What.ROUTE, "timeouts.total", one(Duration.ZERO), one(Duration.ofSeconds(1))))
                .isEqualTo(Effect.NONE);
    }

    @Test
    void noOriginsAreAllOrigins() {
        assertThat(Effects.of(What.ROUTE, "cors.origins", some("https://a.example"), some()))
                .isEqualTo(Effect.WIDER);
        assertThat(Effects.of(What.ROUTE, "cors.origins", some(), some("https://a.example")))
                .isEqualTo(Effect.NARROWER);
        assertThat(Effects.of(What.ROUTE, "cors.origins", some("https://a.example"), some("https://b.example")))
                .isEqualTo(Effect.WIDER);
    }

    @Test
    void nothingThatAnAuthorizerGoesByChangesUnmarked() {
        assertThat(Effects.of(What.AUTHORIZER, "keys.new", null, THING)).isEqualTo(Effect.WIDER);
        assertThat(Effects.of(What.AUTHORIZER, "keys.old", THING, null)).isEqualTo(Effect.NARROWER);
        assertThat(Effects.of(What.AUTHORIZER, "algorithm", one("a"), one("b"))).isEqualTo(Effect.WIDER);
        assertThat(Effects.of(What.AUTHORIZER, "principals", some("a", "b"), some("a")))
                .isEqualTo(Effect.NARROWER);
        assertThat(Effects.of(What.AUTHORIZER, "secret", one("a"), one("b"))).isEqualTo(Effect.NONE);
    }

    @Test
    void aTargetThatIsSaidToLieElsewhereMayBeReachedByMore() {
        assertThat(Effects.of(What.SERVER, "targets.a.jurisdiction", one("us"), one("eu")))
                .isEqualTo(Effect.WIDER);
        assertThat(Effects.of(What.SERVER, "targets.a.jurisdiction", one("us"), null))
                .isEqualTo(Effect.NARROWER);
        for (Facts after : new Facts[] {one("eu"), null}) {
            assertThat(Effects.of(What.GATEWAY, "jurisdictions.eu-central-2", one("ch"), after))
                    .isEqualTo(Effect.WIDER);
        }
        assertThat(Effects.of(What.SERVER, "targets.a.weight", one(1), one(2))).isEqualTo(Effect.NONE);
    }
}
