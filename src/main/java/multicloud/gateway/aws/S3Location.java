package multicloud.gateway.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An object's place: {@code s3://BUCKET/KEY}.
 *
 * @param key as it is, not percent-encoded
 */
public record S3Location(String bucket, String key) {
    private static final String SCHEME = "s3://";
    private static final Pattern DNS_LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?");
    private static final int LONGEST_LABEL = 63;
    private static final int LONGEST_KEY = 1024;
    private static final String HEX = "0123456789ABCDEF";

    public S3Location {
        if (bucket.isEmpty() || !bucket.matches("[A-Za-z0-9._-]+")) {
            throw new IllegalArgumentException("\"" + bucket + "\" is no bucket's name");
        }
        if (key.isEmpty() || key.getBytes(UTF_8).length > LONGEST_KEY) {
            throw new IllegalArgumentException("an object's key has 1 to 1024 bytes");
        }
    }

    /** Whether the text is meant as such a place. */
    public static boolean looksLike(String text) {
        return text.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    }

    /**
     * Reads {@code s3://BUCKET/KEY}; all after the bucket's slash is the key, as it stands.
     *
     * @throws IllegalArgumentException when it is none; the message says so, for a person
     */
    public static S3Location parse(String text) {
        int slash = looksLike(text) ? text.indexOf('/', SCHEME.length()) : -1;
        if (slash < 0) {
            throw new IllegalArgumentException("\"" + text + "\" is not of the form s3://BUCKET/KEY");
        }
        try {
            return new S3Location(text.substring(SCHEME.length(), slash), text.substring(slash + 1));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("\"" + text + "\": " + e.getMessage(), e);
        }
    }

    /** Whether the bucket can be the first label of a host's name, under a wildcard certificate too. */
    boolean isHostLabel() {
        return bucket.length() <= LONGEST_LABEL && DNS_LABEL.matcher(bucket).matches();
    }

    /** The key in a path: every byte of its UTF-8 that RFC 3986 does not leave unreserved is encoded once, but slashes stay. */
    String encodedKey() {
        StringBuilder encoded = new StringBuilder(key.length() + 16);
        for (byte b : key.getBytes(UTF_8)) {
            char c = (char) (b & 0xFF);
            if (c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || "-._~/".indexOf(c) >= 0) {
                encoded.append(c);
            } else {
                encoded.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
            }
        }
        return encoded.toString();
    }

    /** {@code s3://BUCKET/KEY}. */
    @Override
    public String toString() {
        return SCHEME + bucket + "/" + key;
    }

    /** What tells one content of an object from another: both as S3 sends them, null where it sends none. */
    public record Version(@Nullable String etag, @Nullable String versionId) {}
}
