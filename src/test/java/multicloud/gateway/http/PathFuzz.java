package multicloud.gateway.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import multicloud.gateway.http.RequestPath.AmbiguousPath;

/** Whatever bytes stand for a path: what is taken means one thing, and is forwarded as it came. */
public final class PathFuzz {
    private PathFuzz() {}

    /** Tries one input. */
    public static void fuzzerTestOneInput(byte[] input) {
        String raw = new String(input, ISO_8859_1);
        RequestPath path;
        try {
            path = RequestPath.parse(raw);
        } catch (AmbiguousPath refused) {
            return;
        }
        assertThat(path.raw()).isEqualTo(raw);
        assertThat(path.toString()).isEqualTo(raw);
        assertThat(raw.chars()).allMatch(c -> c > ' ' && c < 0x7f && c != '\\' && c != '#' && c != '?');
        List<String> segments = segments(path);
        checkSegments(path, segments);
        checkEncodedAnew(raw, path, segments);
        checkNothingToNormalize(raw);
    }

    private static List<String> segments(RequestPath path) {
        return IntStream.range(0, path.count()).mapToObj(path::segment).toList();
    }

    private static void checkSegments(RequestPath path, List<String> segments) {
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < segments.size(); i++) {
            String segment = segments.get(i);
            sent.add(path.rawSegment(i));
            assertThat(segment).isEqualTo(decoded(path.rawSegment(i)));
            assertThat(segment.chars()).noneMatch(c -> c < ' ' || c == 0x7f || c == '\\');
            assertThat(List.of(segment.split("/", -1))).doesNotContain(".", "..");
            assertThat(path.decoded().substring(path.start(i), path.end(i))).isEqualTo(segment);
            assertThat(path.raw()).endsWith(path.rawFrom(i));
            assertThat(path.decoded()).endsWith(path.from(i));
        }
        assertThat(segments).doesNotContain("");
        assertThat("/" + String.join("/", sent))
                .isIn(path.raw(), path.raw().substring(0, path.raw().length() - 1), "/");
        assertThat(path.hasEncodedSlash()).isEqualTo(segments.stream().anyMatch(segment -> segment.contains("/")));
    }

    /** Escapes of another reading, by whoever wrote the JDK's. */
    private static String decoded(String segment) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < segment.length(); i++) {
            boolean escape = segment.charAt(i) == '%';
            bytes.write(escape ? HexFormat.fromHexDigits(segment, i + 1, i + 3) : segment.charAt(i));
            i += escape ? 2 : 0;
        }
        return bytes.toString(UTF_8);
    }

    private static void checkEncodedAnew(String raw, RequestPath path, List<String> segments) {
        StringBuilder encoded = new StringBuilder();
        for (String segment : segments) {
            encoded.append('/');
            for (byte b : segment.getBytes(UTF_8)) {
                boolean plain = b >= 'a' && b <= 'z' || b >= '0' && b <= '9' || b == '.';
                encoded.append(
                        plain ? String.valueOf((char) b) : "%" + HexFormat.of().toHexDigits(b));
            }
        }
        encoded.append(raw.endsWith("/") ? "/" : "");
        try {
            RequestPath again = RequestPath.parse(encoded.toString());
            assertThat(segments(again)).isEqualTo(segments);
            assertThat(again.decoded()).isEqualTo(path.decoded());
        } catch (AmbiguousPath e) {
            throw new AssertionError("a path that was taken is refused in other words: " + encoded, e);
        }
    }

    /** Another reader finds no dot segment and no empty one in it. */
    private static void checkNothingToNormalize(String raw) {
        try {
            URI uri = new URI("http://host.test" + raw);
            assertThat(uri.normalize().getRawPath()).isEqualTo(raw);
            assertThat(uri.getHost()).isEqualTo("host.test");
        } catch (URISyntaxException notForUri) {
            // Braces and bars pass as they came; java.net.URI knows no path with them.
        }
    }
}
