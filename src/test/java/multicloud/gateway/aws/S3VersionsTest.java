package multicloud.gateway.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import multicloud.gateway.aws.S3Objects.Condition;
import multicloud.gateway.aws.S3Result.Entry;
import multicloud.gateway.aws.S3Result.Failed;
import multicloud.gateway.aws.S3Result.Found;
import multicloud.gateway.aws.S3Result.Listed;
import multicloud.gateway.aws.S3Result.Missing;
import multicloud.gateway.aws.S3Result.Stored;
import multicloud.gateway.testing.RawUpstream;
import multicloud.gateway.testing.S3Server;
import multicloud.gateway.transport.SocketTransport;
import multicloud.gateway.transport.Transport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class S3VersionsTest {
    private static final S3Location AT = new S3Location("bucket", "k");
    private static final int LIMIT = 1000;

    private final Transport transport = SocketTransport.system(null);

    @AfterEach
    void close() {
        transport.close();
    }

    @Test
    void versionsAreListedFromTheNewestAndReadByTheirIds() throws Exception {
        try (S3Server server = S3Server.start()) {
            S3Objects objects = Calls.s3(transport, server.environment());
            S3Location at = new S3Location(S3Server.VERSIONED, "a b+c/é@1.json");
            String first = stored(objects.put(at, "1".getBytes(UTF_8), new Condition.Absent(), "Ada"));
            String second = stored(objects.put(at, "22".getBytes(UTF_8), new Condition.Always()));
            server.put(S3Server.VERSIONED, at.key() + ".other", "333");
            server.remove(S3Server.VERSIONED, at.key());
            List<Entry> all = ((Listed) objects.versions(at, LIMIT)).versions();
            assertThat(all).extracting(Entry::deleted).containsExactly(true, false, false);
            assertThat(all.subList(1, 3)).extracting(Entry::id).containsExactly(second, first);
            assertThat(all.subList(1, 3)).extracting(Entry::size).containsExactly(2L, 1L);
            assertThat(((Listed) objects.versions(at, 2)).versions()).isEqualTo(all.subList(0, 2));
            assertThat(objects.getVersion(at, first, LIMIT)).isInstanceOfSatisfying(Found.class, found -> {
                assertThat(found.bytes()).containsExactly('1');
                assertThat(found.publishedBy()).isEqualTo("Ada");
                assertThat(found.version().etag()).isEqualTo(all.get(2).etag());
            });
            assertThat(objects.get(at, null, LIMIT)).isInstanceOf(Missing.class);
            assertThat(objects.versions(new S3Location("no-such-bucket", "k"), LIMIT))
                    .isInstanceOf(Missing.class);
        }
    }

    @Test
    void aListGoesOnOverItsPages() throws IOException {
        String one = page(
                version("k", "v2"),
                true,
                "<NextKeyMarker>k</NextKeyMarker>" + "<NextVersionIdMarker>v2</NextVersionIdMarker>");
        String other = page(version("k", "v1") + version("k2", "v0"), true, "<NextKeyMarker>k2</NextKeyMarker>");
        assertThat(listed(one, other)).extracting(Entry::id).containsExactly("v2", "v1");
        assertThat(listed(page(version("k", "v2"), true, ""))).hasSize(1);
    }

    @Test
    void whatIsNoListIsSaidToBeNone() throws IOException {
        for (String page : List.of(
                "nonsense",
                "<ListVersionsResult><Version><Key>k</Key>",
                "<ListVersionsResult><Version><Key>k</Key></Version></ListVersionsResult>",
                "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/hostname\">]><ListVersionsResult><Version><Key>&e;</Key>"
                        + "</Version></ListVersionsResult>")) {
            assertThat(versions(page)).as(page).isEqualTo(new Failed("S3's list of versions cannot be read"));
        }
    }

    private List<Entry> listed(String... pages) throws IOException {
        return ((Listed) versions(pages)).versions();
    }

    private S3Result.History versions(String... pages) throws IOException {
        RawUpstream.Script[] scripts =
                Stream.of(pages).map(page -> RawUpstream.once(answer(page))).toArray(RawUpstream.Script[]::new);
        try (RawUpstream upstream = RawUpstream.of(scripts)) {
            return Calls.s3(transport, S3Server.environment(upstream.port())).versions(AT, LIMIT);
        }
    }

    private static String answer(String page) {
        return "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: " + page.length() + "\r\n\r\n" + page;
    }

    private static String page(String versions, boolean truncated, String markers) {
        return "<?xml version=\"1.0\"?><ListVersionsResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Name>bucket</Name>"
                + "<IsTruncated>" + truncated + "</IsTruncated>" + markers + versions + "</ListVersionsResult>";
    }

    private static String version(String key, String id) {
        return "<Version><Key>" + key + "</Key><VersionId>" + id + "</VersionId><IsLatest>true</IsLatest>"
                + "<LastModified>2026-11-01T12:00:00.000Z</LastModified><ETag>&quot;e&quot;</ETag><Size>1</Size>"
                + "<Owner><ID>o</ID></Owner><StorageClass>STANDARD</StorageClass></Version>";
    }

    private static String stored(S3Result.Put put) {
        return String.valueOf(((Stored) put).version().versionId());
    }
}
