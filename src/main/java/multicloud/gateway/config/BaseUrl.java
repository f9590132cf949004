package multicloud.gateway.config;

/**
 * The address of a target.
 *
 * @param secure whether the scheme is {@code https}
 * @param host in lower case; an IPv6 address without brackets
 * @param port as named, or the scheme's own
 * @param path empty, or beginning with a slash and not ending with one; percent-encoded
 * @param literal whether the host is an address or {@code localhost}, so that the document means exactly that machine
 */
public record BaseUrl(boolean secure, String host, int port, String path, boolean literal) {

    /** The URL as text, without a trailing slash. */
    @Override
    public String toString() {
        String name = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        String suffix = port == (secure ? 443 : 80) ? "" : ":" + port;
        return (secure ? "https://" : "http://") + name + suffix + path;
    }
}
