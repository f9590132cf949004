package multicloud.gateway.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * The error document of S3: {@code <Error><Code>NoSuchKey</Code><Message>…</Message>…</Error>}, without nesting, attributes or
 * namespaces. Read by hand, since the JDK's XML parser takes longer to load than the whole call.
 *
 * @param code null where there is none, as in the answer to HEAD
 * @param region where the bucket is, when the request was signed for another region
 */
record S3Error(
        @Nullable String code,
        @Nullable String message,
        @Nullable String region) {
    private static final int LARGEST = 16 * 1024;
    private static final int LONGEST = 300;

    /** Reads at most 16 KB of it; what is no such document has neither code nor message. */
    static S3Error read(InputStream body) throws IOException {
        String text = new String(body.readNBytes(LARGEST), UTF_8);
        int error = text.indexOf("<Error>");
        if (error < 0) {
            return new S3Error(null, null, null);
        }
        String inner = text.substring(error);
        return new S3Error(element(inner, "Code"), element(inner, "Message"), element(inner, "Region"));
    }

    /** {@code HTTP 403 AccessDenied: Access Denied}, and nothing that differs from one time to the next. */
    String describe(int status) {
        StringBuilder text = new StringBuilder("S3 answered ").append(status);
        if (code != null) {
            text.append(' ').append(code);
        }
        if (message != null) {
            text.append(": ").append(message);
        }
        return text.toString();
    }

    private static @Nullable String element(String text, String name) {
        int start = text.indexOf("<" + name + ">");
        int end = start < 0 ? -1 : text.indexOf("</" + name + ">", start);
        if (end < 0) {
            return null;
        }
        String value = text.substring(start + name.length() + 2, end)
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&apos;", "'")
                .replace("&#39;", "'")
                .replace("&amp;", "&");
        return value.length() <= LONGEST ? value : value.substring(0, LONGEST) + "…";
    }
}
