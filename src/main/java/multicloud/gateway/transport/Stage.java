package multicloud.gateway.transport;

import java.util.Locale;

/** The stages of a call, in order. */
public enum Stage {
    /** Waiting for a free place among the connections to this origin. */
    POOL,
    /** Looking the name up. */
    DNS,
    /** Deciding whether the address is allowed. */
    ADDRESS,
    CONNECT,
    TLS,
    /** Writing the request. */
    SEND,
    /** Waiting for the response's first byte. */
    FIRST_BYTE,
    /** Reading the rest of the response's head. */
    HEAD,
    /** Reading the response's body. */
    BODY;

    /** The name as the log has it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
