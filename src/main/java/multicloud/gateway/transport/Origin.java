package multicloud.gateway.transport;

/**
 * Where a call goes: scheme, host and port, and which addresses its name may resolve to. Equal origins share connections.
 *
 * @param secure whether TLS is spoken
 * @param host a name, or an address as text (IPv6 without brackets), in lower case
 */
public record Origin(boolean secure, String host, int port, AddressRule addresses) {

    /** The value of the Host field: the port only where it is not the scheme's own. */
    public String authority() {
        String name = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return port == (secure ? 443 : 80) ? name : name + ":" + port;
    }
}
