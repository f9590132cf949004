package multicloud.gateway.transport;

/**
 * Which addresses a call may connect to. What counts is the address actually connected to.
 *
 * <p>Link-local (so every cloud's metadata service), unspecified and multicast addresses, the metadata addresses outside those
 * ranges, and the Lambda Runtime API's own address and port are refused by all but {@link #ANY}.
 */
public enum AddressRule {
    /** Public addresses only: loopback and private ones (RFC 1918, CGNAT, ULA) are refused. */
    PUBLIC,
    /** Loopback and private addresses too: the document names one literally, or allows them. */
    PRIVATE,
    /** Anything: the operator's own endpoints, never a document's. */
    ANY
}
