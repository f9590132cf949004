package multicloud.gateway.cli;

import multicloud.gateway.aws.S3Location;
import org.jspecify.annotations.Nullable;

/**
 * Where a document on a command line is: a file, an object in S3, or a version of one.
 *
 * @param text as it was typed
 * @param object null for a file
 * @param version as S3 calls it; null for the newest
 */
record Place(
        String text, @Nullable S3Location object, @Nullable String version) {

    /**
     * Reads {@code FILE}, {@code s3://BUCKET/KEY} or {@code s3://BUCKET/KEY@VERSION}. What follows the last {@code @} is the version; a
     * key that has one itself is written with another behind it.
     *
     * @throws IllegalArgumentException when it is meant as an object and is none; the message says so, for a person
     */
    static Place parse(String text) {
        if (!S3Location.looksLike(text)) {
            return new Place(text, null, null);
        }
        int at = text.lastIndexOf('@');
        if (at < 0) {
            return new Place(text, S3Location.parse(text), null);
        }
        String version = text.substring(at + 1);
        return new Place(text, S3Location.parse(text.substring(0, at)), version.isEmpty() ? null : version);
    }
}
