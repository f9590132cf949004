package multicloud.gateway.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import multicloud.gateway.Lasting;
import multicloud.gateway.source.ConfigSource.Look;
import multicloud.gateway.source.LiveGateway.Status;
import multicloud.gateway.transport.SocketTransport;
import multicloud.gateway.transport.Transport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LookingTest {
    private final Transport transport = SocketTransport.system(null);
    private Supplier<Look> sees = () -> document("one", "tag-1");
    private String known;

    private final Looking looking = new Looking(
            new ConfigSource() {
                @Override
                public String name() {
                    return "test";
                }

                @Override
                public Look look(String tag) {
                    known = tag;
                    return sees.get();
                }
            },
            (kind, name) -> Map.of("A", "a").get(name),
            Lasting.with(transport),
            List.of());

    @AfterEach
    void close() {
        transport.close();
    }

    private static Look document(String version, String tag) {
        return new Look.Document(Live.document(version).getBytes(UTF_8), tag);
    }

    private Knowledge good() {
        return looking.after(Knowledge.NONE);
    }

    @Test
    void aLookThatThrowsIsAFailedOneAndTheDocumentStays() {
        Knowledge good = good();
        sees = () -> {
            throw new IllegalStateException("secret");
        };
        Knowledge after = looking.after(good);
        assertThat(after.gateway()).isSameAs(good.gateway());
        assertThat(after.failure())
                .startsWith("the look failed unexpectedly: java.lang.IllegalStateException at ")
                .doesNotContain("secret");
        sees = () -> {
            throw new StackOverflowError();
        };
        assertThat(looking.after(good).failure()).contains("StackOverflowError");
        assertThat(known).as("what was known is asked for again").isEqualTo("tag-1");
    }

    @Test
    void theSameBytesAreNotCompiledAgain() {
        Knowledge good = good();
        sees = () -> document("one", "tag-2");
        Knowledge after = looking.after(good);
        assertThat(after.gateway()).isSameAs(good.gateway());
        assertThat(after.tag()).isEqualTo("tag-2");
        assertThat(after.saysTheSameAs(good)).isTrue();
    }

    @Test
    void aRefusedDocumentIsKnownByItsTagToo() {
        Knowledge good = good();
        sees = () -> new Look.Document("{".getBytes(UTF_8), "tag-bad");
        Knowledge refused = looking.after(good);
        assertThat(refused.gateway()).isSameAs(good.gateway());
        assertThat(refused.status()).isInstanceOf(Status.Refused.class);
        sees = Look.Unchanged::new;
        assertThat(looking.after(refused).status()).isEqualTo(refused.status());
        assertThat(known).isEqualTo("tag-bad");
    }

    @Test
    void afterAFailureAnUnchangedDocumentIsWhatItWas() {
        Knowledge good = good();
        sees = () -> new Look.Unavailable("gone");
        Knowledge failing = looking.after(good);
        assertThat(failing.status()).isEqualTo(new Status.Unreachable("gone"));
        sees = Look.Unchanged::new;
        assertThat(looking.after(failing)).isEqualTo(good);
    }
}
