package multicloud.gateway.aws;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of a call to S3. */
public sealed interface S3Result {

    /** What became of a GET. */
    sealed interface Get extends S3Result {}

    /** What became of a PUT. */
    sealed interface Put extends S3Result {}

    /** What became of a HEAD. */
    sealed interface Head extends S3Result {}

    /** What became of asking for versions. */
    sealed interface History extends S3Result {}

    /** What any call may end in. */
    sealed interface Refusal extends Get, Put, Head, History {
        /** What went wrong, for a person; the same each time the same goes wrong. */
        String reason();
    }

    /**
     * The whole object. The array is the caller's.
     *
     * @param publishedBy who says to have written it; null where nobody does
     */
    @SuppressWarnings("ArrayRecordComponent") // the bytes are handed over, never compared
    record Found(
            byte[] bytes,
            S3Location.Version version,
            @Nullable String publishedBy) implements Get {}

    /** The object is still what the caller has. */
    record NotModified() implements Get {}

    /**
     * The object is longer than the caller wants, and was not read.
     *
     * @param limit the most bytes wanted
     */
    record TooLarge(long limit, S3Location.Version version) implements Get {}

    /**
     * The object is there.
     *
     * @param length in bytes
     */
    record Present(long length, S3Location.Version version) implements Head {}

    /** The object is written. */
    record Stored(S3Location.Version version) implements Put {}

    /** Somebody else has written in between. */
    record PreconditionFailed() implements Put {}

    /** The newest versions, the newest first; empty where there never was such an object. */
    record Listed(List<Entry> versions) implements History {
        public Listed {
            versions = List.copyOf(versions);
        }
    }

    /**
     * A version of an object.
     *
     * @param id as S3 calls it; {@code null}, as a text, of one that was written while the bucket kept no versions
     * @param size in bytes
     * @param deleted whether it says that the object is gone
     */
    record Entry(
            String id, Instant time, long size, @Nullable String etag, boolean deleted) {}

    /** There is no such object, or no such bucket. */
    record Missing(boolean bucket, String reason) implements Refusal {}

    /** The credentials do not allow it, or are no good. */
    record Forbidden(String reason) implements Refusal {}

    /** Anything else: no credentials, no answer, a broken one, an error of the service. */
    record Failed(String reason) implements Refusal {}
}
