package multicloud.gateway.source;

import org.jspecify.annotations.Nullable;

/** Where a document comes from. Safe for use by many threads. */
interface ConfigSource {
    /** What the log calls it. */
    String name();

    /**
     * Looks at the document; may wait for a network, bounded by its own timeouts.
     *
     * @param known the tag of the document the caller has, good or not; null for none
     */
    Look look(@Nullable String known);

    /** How often to look, given what the operator set. */
    default Freshness freshness(Freshness configured) {
        return configured;
    }

    /** Lets go of what must not live in a snapshot. */
    default void forget() {}

    /** What a look has seen. */
    sealed interface Look {
        /** The document is the one whose tag was known. */
        record Unchanged() implements Look {}

        /**
         * A document.
         *
         * @param tag tells one content from another; null when nothing does
         */
        @SuppressWarnings("ArrayRecordComponent") // the bytes are handed over, never compared
        record Document(byte[] bytes, @Nullable String tag) implements Look {}

        /** A document that is too large to be read. */
        record TooLarge(@Nullable String tag) implements Look {}

        /** No document, and why; the same words each time for the same reason. */
        record Unavailable(String reason) implements Look {}
    }
}
