package multicloud.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeadersTest {
    private final Headers headers = Headers.of("Accept", "a", "X-One", "1", "accept", "b");

    @Test
    void namesCompareWithoutRegardToCaseAndKeepTheirSpelling() {
        assertThat(headers.first("ACCEPT")).isEqualTo("a");
        assertThat(headers.all("accept")).containsExactly("a", "b");
        assertThat(headers.joined("Accept")).isEqualTo("a,b");
        assertThat(headers.joined("none")).isNull();
        assertThat(headers.name(2)).isEqualTo("accept");
    }

    @Test
    void settingReplacesEveryFieldOfTheName() {
        Headers changed = headers.toBuilder().set("ACCEPT", "c").build();
        assertThat(changed).isEqualTo(Headers.of("X-One", "1", "ACCEPT", "c"));
        assertThat(headers.size()).isEqualTo(3);
    }

    @Test
    void aBuilderGrows() {
        Headers.Builder builder = Headers.builder();
        for (int i = 0; i < 100; i++) {
            builder.add("n" + i, "v" + i);
        }
        assertThat(builder.build().size()).isEqualTo(100);
        assertThat(builder.build().first("N99")).isEqualTo("v99");
    }

    @Test
    void itsTextHasNoValues() {
        assertThat(Headers.of("Authorization", "Bearer secret").toString()).isEqualTo("[authorization]");
    }
}
