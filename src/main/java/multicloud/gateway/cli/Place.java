package multicloud.gateway.cli;

import multicloud.gateway.aws.S3Location;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

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
     * @param spec the command it was typed for
     * @throws ParameterException when it is meant as an object and is none
     */
    static Place parse(String text, CommandSpec spec) {
        if (!S3Location.looksLike(text)) {
            return new Place(text, null, null);
        }
        int at = text.lastIndexOf('@');
        if (at < 0) {
            return new Place(text, object(text, spec), null);
        }
        String version = text.substring(at + 1);
        return new Place(text, object(text.substring(0, at), spec), version.isEmpty() ? null : version);
    }

    /**
     * Reads {@code s3://BUCKET/KEY}.
     *
     * @param spec the command it was typed for
     * @throws ParameterException when it is none
     */
    static S3Location object(String text, CommandSpec spec) {
        try {
            return S3Location.parse(text);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }
}
