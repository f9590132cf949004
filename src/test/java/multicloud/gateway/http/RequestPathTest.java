package multicloud.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import multicloud.gateway.http.RequestPath.AmbiguousPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestPathTest {
    @ParameterizedTest
    @CsvSource({"/a;x=1/b;y, /a/b", "/a;x;y/b, /a/b", "/a/b;/, /a/b", "/a/;x, /a/", "/;x, /", "/a%3Bb;c, /a%3Bb"})
    void whatIsBehindSemicolonsCanBeCutOff(String raw, String cut) throws AmbiguousPath {
        RequestPath path = RequestPath.parse(raw);
        assertThat(path.hasParameters()).isTrue();
        assertThat(path.withoutParameters().raw()).isEqualTo(cut);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/;/a", "/a/;x/b"})
    void aSegmentOfWhichNothingIsLeftIsAmbiguous(String raw) throws AmbiguousPath {
        RequestPath path = RequestPath.parse(raw);
        assertThatThrownBy(path::withoutParameters).isInstanceOf(AmbiguousPath.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "*",
                "//",
                "//admin",
                "/admin//users",
                "/admin//",
                "/.",
                "/..",
                "/./a",
                "/a/../b",
                "/a/..",
                "/%2e",
                "/%2E%2e/admin",
                "/.%2e/admin",
                "/%2e./admin",
                "/api%2e%2e/admin",
                "/api/..;/x",
                "/api/.;a=b/x",
                "/api/..%3b/x",
                "/api/%2e%2e;x/y",
                "/a%2f..%2fb",
                "/a%2F.%2Fb",
                "/a%2f..",
                "/a\\b",
                "/a%5cb",
                "/a%5C..%5Cb",
                "/a%00",
                "/a%0d%0aX:%20y",
                "/a%1f",
                "/a%7f",
                "/a\u0000b",
                "/a\tb",
                "/a b",
                "/a#b",
                "/a?b",
                "/caf\u00e9",
                "/\u4e2d",
                "/a%",
                "/a%2",
                "/a%zz",
                "/a%+1",
                "/%ff",
                "/%c0%ae%c0%ae/x",
                "/%c0%af",
                "/%e9",
                "/%ed%a0%80"
            })
    void whatCouldBeReadInTwoWaysIsRefused(String raw) {
        assertThatThrownBy(() -> RequestPath.parse(raw)).isInstanceOf(AmbiguousPath.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            nullValues = "-",
            value = {
                "/ -",
                "/a a",
                "/a/ a",
                "/a/b a,b",
                "/a/b/ a,b",
                "/a.b/..c/d.. a.b,..c,d..",
                "/.../x ...,x",
                "/a%20b/c a_b,c",
                "/%61dmin admin",
                "/caf%C3%A9/ café",
                "/a;v=1/b a;v=1,b",
                "/a+b a+b",
                "/a|b{c}\"d a|b{c}\"d",
                "/%25 %",
                "/a%252Fb a%2Fb",
                "/x:y@z!$&'()*= x:y@z!$&'()*="
            })
    void segmentsAreDecodedOnce(String raw, String segments) throws AmbiguousPath {
        RequestPath path = RequestPath.parse(raw);
        List<String> decoded = new ArrayList<>();
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < path.count(); i++) {
            decoded.add(path.segment(i).replace(' ', '_'));
            sent.add(path.rawSegment(i));
        }
        assertThat(decoded).isEqualTo(segments == null ? List.of() : List.of(segments.split(",")));
        assertThat(raw).startsWith("/" + String.join("/", sent));
        assertThat(path.raw()).isEqualTo(raw);
        assertThat(path.hasEncodedSlash()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "/a/b/c,0,a/b/c",
        "/a/b/c,2,c",
        "/a/b/c,3,''",
        "/a/b/c/,3,''",
        "/a/b/c/,1,b/c/",
        "/,0,''",
        "/a%20b/c%7C/,1,c%7C/"
    })
    void theRestIsTheClientsOwnBytes(String raw, int from, String rest) throws AmbiguousPath {
        assertThat(RequestPath.parse(raw).rawFrom(from)).isEqualTo(rest);
    }

    @Test
    void anEncodedSlashStaysWithinItsSegmentAndIsTold() throws AmbiguousPath {
        RequestPath path = RequestPath.parse("/files/a%2Fb/c");
        assertThat(path.hasEncodedSlash()).isTrue();
        assertThat(path.count()).isEqualTo(3);
        assertThat(path.segment(1)).isEqualTo("a/b");
        assertThat(path.rawSegment(1)).isEqualTo("a%2Fb");
        assertThat(path.from(1)).isEqualTo("a/b/c");
    }

    @Test
    void aPathOfManySegmentsIsReadWhole() throws AmbiguousPath {
        RequestPath path = RequestPath.parse("/%61".repeat(1000) + "/");
        assertThat(path.count()).isEqualTo(1000);
        assertThat(path.segment(999)).isEqualTo("a");
        assertThat(path.from(1000)).isEmpty();
    }
}
