package multicloud.gateway.aws;

/** What became of a call to S3. */
public sealed interface S3Result {

    /** What became of a GET. */
    sealed interface Get extends S3Result {}

    /** What became of a PUT. */
    sealed interface Put extends S3Result {}

    /** What became of a HEAD. */
    sealed interface Head extends S3Result {}

    /** What any call may end in. */
    sealed interface Refusal extends Get, Put, Head {
        /** What went wrong, for a person; the same each time the same goes wrong. */
        String reason();
    }

    /** The whole object. The array is the caller's. */
    @SuppressWarnings("ArrayRecordComponent") // the bytes are handed over, never compared
    record Found(byte[] bytes, S3Location.Version version) implements Get {}

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

    /** There is no such object, or no such bucket. */
    record Missing(boolean bucket, String reason) implements Refusal {}

    /** The credentials do not allow it, or are no good. */
    record Forbidden(String reason) implements Refusal {}

    /** Anything else: no credentials, no answer, a broken one, an error of the service. */
    record Failed(String reason) implements Refusal {}
}
