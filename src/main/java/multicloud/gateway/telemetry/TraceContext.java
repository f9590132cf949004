package multicloud.gateway.telemetry;

import multicloud.gateway.http.Headers;
import org.jspecify.annotations.Nullable;

/** Reads the trace a request belongs to (W3C Trace Context, section 3.2), so that its log line can be found by it. */
final class TraceContext {
    private static final int VERSION_AND_DASH = 3;
    private static final int TRACE_ID = 32;

    private TraceContext() {}

    /** The trace id of {@code traceparent}, or null where there is none or it is malformed. */
    static @Nullable String traceId(Headers headers) {
        String parent = headers.first("traceparent");
        if (parent == null || parent.length() < 55 || parent.charAt(VERSION_AND_DASH - 1) != '-') {
            return null;
        }
        String id = parent.substring(VERSION_AND_DASH, VERSION_AND_DASH + TRACE_ID);
        boolean zeros = true;
        for (int i = 0; i < TRACE_ID; i++) {
            char c = id.charAt(i);
            if (!(c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
                return null;
            }
            zeros &= c == '0';
        }
        return zeros ? null : id;
    }
}
