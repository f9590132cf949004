package multicloud.gateway.source;

import multicloud.gateway.telemetry.ConfigLog;

/** Holds what is known of the document, swaps it whole, and says each change once. Safe for use by many threads. */
final class Holder {
    private final String source;
    private final ConfigLog log;
    private volatile Knowledge knowledge = Knowledge.NONE;

    Holder(String source, ConfigLog log) {
        this.source = source;
        this.log = log;
    }

    Knowledge knowledge() {
        return knowledge;
    }

    /** Takes what a look has found. */
    synchronized void take(Knowledge found) {
        Knowledge before = knowledge;
        knowledge = found;
        if (!found.saysTheSameAs(before)) {
            found.sayTo(log, source);
        }
    }

    /** Notes that a look takes longer than requests wait for it, unless the source is known to fail. */
    synchronized void slow() {
        if (knowledge.failure() == null) {
            take(knowledge.failing("the source has not answered in time; the last good document goes on"));
        }
    }
}
