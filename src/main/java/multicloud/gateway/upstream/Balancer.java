package multicloud.gateway.upstream;

import org.jspecify.annotations.Nullable;

/** Chooses among the targets of one priority. Safe for use by many threads. */
interface Balancer {
    /**
     * The number of the target whose turn it is, or -1 when none is able.
     *
     * @param able which of the targets may be chosen; null for all
     */
    int choose(boolean @Nullable [] able);
}
