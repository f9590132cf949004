package multicloud.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClaimsTest {
    private static final Map<String, Object> CLAIMS = Map.of(
            "sub",
            "u1",
            "level",
            3L,
            "admin",
            true,
            "roles",
            Arrays.asList("a", null, 2L, List.of("b", "c")),
            "org",
            Map.of("id", "o1", "unit", Map.of("name", "sales"), "a.b", "dotted"),
            "https://example.com/tenant",
            "t1",
            "org.id",
            "named with a dot");

    private static String text(String name) {
        return Claims.text(Claims.find(CLAIMS, name));
    }

    @Test
    void aClaimIsTextWhateverItIs() {
        assertThat(text("sub")).isEqualTo("u1");
        assertThat(text("level")).isEqualTo("3");
        assertThat(text("admin")).isEqualTo("true");
        assertThat(text("roles")).isEqualTo("a,2,b,c");
    }

    @Test
    void anObjectOrNothingHasNoText() {
        assertThat(text("org")).isNull();
        assertThat(text("none")).isNull();
        assertThat(text("sub.none")).isNull();
    }

    @Test
    void aDotIsPartOfANameFirstAndLiesBetweenTwoOtherwise() {
        assertThat(text("org.id")).isEqualTo("named with a dot");
        assertThat(text("org.unit.name")).isEqualTo("sales");
        assertThat(text("org.a.b")).isEqualTo("dotted");
        assertThat(text("https://example.com/tenant")).isEqualTo("t1");
    }

    @Test
    void theValuesOfAListAreItsMembers() {
        assertThat(Claims.values(Claims.find(CLAIMS, "roles"))).containsExactly("a", "2", "b,c");
        assertThat(Claims.values("one")).containsExactly("one");
        assertThat(Claims.values(null)).isEmpty();
    }
}
