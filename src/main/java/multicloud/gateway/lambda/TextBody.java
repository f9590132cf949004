package multicloud.gateway.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.util.Locale;
import java.util.Set;
import multicloud.gateway.http.Headers;

/** Tells which bodies are text that survives a JSON string: all others go out as base64. */
final class TextBody {
    private static final Set<String> TEXT = Set.of(
            "application/json",
            "application/xml",
            "application/javascript",
            "application/ecmascript",
            "application/graphql",
            "application/sql",
            "application/toml",
            "application/yaml",
            "application/x-yaml",
            "application/x-ndjson",
            "application/jsonl",
            "application/x-www-form-urlencoded");

    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private TextBody() {}

    /** Whether the header fields say that the body is text in UTF-8: a textual type, no other charset, and no encoding. */
    static boolean isDeclaredBy(Headers headers) {
        String type = headers.first("content-type");
        if (type == null || headers.contains("content-encoding")) {
            return false;
        }
        String[] parts = type.toLowerCase(Locale.ROOT).split(";", -1);
        String media = parts[0].strip();
        boolean textual = media.startsWith("text/")
                || media.endsWith("+json")
                || media.endsWith("+xml")
                || media.endsWith("+yaml")
                || TEXT.contains(media);
        for (int i = 1; textual && i < parts.length; i++) {
            textual = !namesOtherCharset(parts[i].strip());
        }
        return textual;
    }

    /** Whether the bytes are UTF-8 from the first to the last. */
    static boolean isUtf8(byte[] bytes) {
        return isAscii(bytes) || isDecodable(bytes);
    }

    /** Looks at eight bytes at a time, and at all of them: what is text is nearly always ASCII to its end. */
    private static boolean isAscii(byte[] bytes) {
        long signs = 0;
        int i = 0;
        for (; i + Long.BYTES <= bytes.length; i += Long.BYTES) {
            signs |= (long) LONGS.get(bytes, i);
        }
        for (; i < bytes.length; i++) {
            signs |= bytes[i] & HIGH_BITS;
        }
        return (signs & HIGH_BITS) == 0;
    }

    private static boolean isDecodable(byte[] bytes) {
        CharsetDecoder decoder = UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer scratch = CharBuffer.allocate(Math.min(bytes.length + 1, 4096));
        CoderResult result = CoderResult.OVERFLOW;
        while (result.isOverflow()) {
            result = decoder.decode(in, scratch.clear(), true);
        }
        return !result.isError();
    }

    private static boolean namesOtherCharset(String parameter) {
        if (!parameter.startsWith("charset=")) {
            return false;
        }
        String charset = parameter.substring("charset=".length()).replace("\"", "");
        return !charset.equals("utf-8")
                && !charset.equals("utf8")
                && !charset.equals("us-ascii")
                && !charset.equals("ascii");
    }
}
