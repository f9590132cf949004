package multicloud.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import multicloud.gateway.config.PathPattern.InvalidPattern;
import multicloud.gateway.config.PathPattern.Literal;
import multicloud.gateway.config.PathPattern.Parameter;
import multicloud.gateway.config.PathPattern.Wildcard;
import multicloud.gateway.config.Rewrite.InvalidRewrite;
import multicloud.gateway.config.Rewrite.Reference;
import multicloud.gateway.config.Rewrite.Text;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Good patterns and rewrites; the bad ones stand in the golden files. */
class PathPatternTest {

    @Test
    void theRootHasNoSegments() throws InvalidPattern {
        assertThat(PathPattern.parse("/").segments()).isEmpty();
        assertThat(PathPattern.parse("/").hasWildcard()).isFalse();
    }

    @Test
    void segmentsAreLiteralsParametersAndAWildcard() throws InvalidPattern {
        PathPattern pattern = PathPattern.parse("/v1/{tenant-id}/x/{rest+}");
        assertThat(pattern.segments())
                .containsExactly(new Literal("v1"), new Parameter("tenant-id"), new Literal("x"), new Wildcard("rest"));
        assertThat(pattern.names()).containsExactly("tenant-id", "rest");
        assertThat(pattern.hasWildcard()).isTrue();
        assertThat(pattern.text()).isEqualTo("/v1/{tenant-id}/x/{rest+}");
    }

    @Test
    void aPathHasAtMost128Segments() throws InvalidPattern {
        assertThat(PathPattern.parse("/a".repeat(128)).segments()).hasSize(128);
        assertThatThrownBy(() -> PathPattern.parse("/a".repeat(129))).isInstanceOf(InvalidPattern.class);
    }

    @Test
    void aWildcardNeedsNoName() throws InvalidPattern {
        assertThat(PathPattern.parse("/{.+}").segments()).containsExactly(new Wildcard(PathPattern.ANONYMOUS));
    }

    @Test
    void literalsAreDecodedOrTakenAsTheyAre() throws InvalidPattern {
        assertThat(PathPattern.parse("/m%C3%BCnchen/münchen/a%20b").segments())
                .containsExactly(new Literal("münchen"), new Literal("münchen"), new Literal("a b"));
    }

    @ParameterizedTest
    @CsvSource({
        "/a/{id},      /a/{name}/,    true",
        "/a/{.+},      /a/{rest+},    true",
        "/%61,         /a,            true",
        "/a/{id},      /a/{id+},      false",
        "/a/{id},      /a/id,         false",
        "/a/%7B%7D,    /a/{id},       false",
        "/A,           /a,            false"
    })
    void patternsOfOneShapeMatchTheSamePaths(String one, String other, boolean same) throws InvalidPattern {
        assertThat(PathPattern.parse(one)
                        .shape()
                        .equals(PathPattern.parse(other).shape()))
                .isEqualTo(same);
    }

    @Test
    void aRewriteIsTextAndReferences() throws InvalidPattern, InvalidRewrite {
        PathPattern pattern = PathPattern.parse("/v1/{id}/{rest+}");
        assertThat(Rewrite.parse("/in/{id}-{id}/{rest+}", pattern).parts())
                .containsExactly(
                        new Text("/in/"),
                        new Reference("id"),
                        new Text("-"),
                        new Reference("id"),
                        new Text("/"),
                        new Reference("rest"));
        assertThat(Rewrite.parse("/{rest}", pattern).parts()).containsExactly(new Text("/"), new Reference("rest"));
        assertThat(Rewrite.parse("/all/{.+}", PathPattern.parse("/{.+}")).parts())
                .containsExactly(new Text("/all/"), new Reference(PathPattern.ANONYMOUS));
    }

    @Test
    void aMessageSaysWhatIsWrong() {
        assertThatThrownBy(() -> PathPattern.parse("a")).hasMessage("a path begins with a slash: \"/a\"");
    }
}
