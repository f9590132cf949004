package multicloud.gateway.auth;

import java.net.InetAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import multicloud.gateway.config.TrustedProxyConfig;
import multicloud.gateway.http.Client;
import multicloud.gateway.http.Exchange;
import multicloud.gateway.http.Grammar;
import multicloud.gateway.http.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Takes a proxy's word on who asks, if it shows the secret, and nobody else's. Its fields end here, in whatever spelling they came
 * and whoever sent them: no route, no mapping and no upstream sees them. Immutable.
 */
public final class TrustedProxy {
    /** CloudFront's field has the viewer's port behind the last colon, of an IPv6 address without brackets too. */
    private static final String WITH_PORT = "cloudfront-viewer-address";

    private static final int LONGEST_ADDRESS = 45;
    private static final int LONGEST_HOST = 261;
    private static final String HOST_MARKS = "-._:[]";

    private final TrustedProxyConfig config;
    private final SecretDigests secrets;
    private final Set<String> own = new HashSet<>();

    public TrustedProxy(TrustedProxyConfig config) {
        this.config = config;
        this.secrets = new SecretDigests(config.proof().secrets().stream()
                .map(secret -> SecretDigests.of(secret.reveal()))
                .toList());
        config.fields().forEach(name -> own.add(Grammar.spelling(name)));
    }

    /** The exchange as the proxy saw it begin, where it proves to be the proxy; in any case without the proxy's fields. */
    public Exchange seen(Exchange exchange) {
        Headers headers = exchange.request().headers();
        Headers rest = headers.toBuilder()
                .removeIf(name -> own.contains(Grammar.spelling(name)))
                .build();
        Exchange without = exchange.withRequest(exchange.request().withHeaders(rest));
        String shown = only(headers, config.proof().header());
        return shown != null && secrets.find(shown) != SecretDigests.NONE
                ? without.withClient(viewer(exchange.client(), headers))
                : without;
    }

    /** What the proxy does not say, or not well, stays as the edge saw it. */
    private Client viewer(Client proxy, Headers headers) {
        String ip = config.clientIp() == null ? null : address(only(headers, config.clientIp()));
        String host = config.host() == null ? null : host(only(headers, config.host()));
        String scheme = config.proto() == null ? null : scheme(only(headers, config.proto()));
        return new Client(
                ip == null ? proxy.ip() : ip,
                scheme == null ? proxy.scheme() : scheme,
                host == null ? proxy.host() : host,
                scheme == null ? proxy.port() : port(scheme),
                proxy.caller());
    }

    /** The value of a field that is there once; else null. */
    private static @Nullable String only(Headers headers, String name) {
        List<String> values = headers.all(name);
        return values.size() == 1 ? values.getFirst() : null;
    }

    private @Nullable String address(@Nullable String value) {
        if (value == null) {
            return null;
        }
        String text = value;
        int colon = text.lastIndexOf(':');
        boolean bracketed = text.startsWith("[");
        boolean portOfV4 = colon > 0 && text.indexOf(':') == colon;
        if (WITH_PORT.equals(config.clientIp()) || portOfV4 || bracketed && colon > text.indexOf(']')) {
            text = text.substring(0, Math.max(0, colon));
        }
        if (bracketed && text.endsWith("]")) {
            text = text.substring(1, text.length() - 1);
        }
        return isAddress(text) ? text : null;
    }

    private static boolean isAddress(String text) {
        boolean plain = !text.isEmpty() && text.length() <= LONGEST_ADDRESS;
        int dots = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            plain &= c == ':' || c == '.' || c < 0x80 && Character.digit(c, 16) >= 0;
            dots += c == '.' ? 1 : 0;
        }
        if (!plain || text.indexOf(':') < 0 && dots != 3) {
            return false;
        }
        try {
            InetAddress.ofLiteral(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static @Nullable String host(@Nullable String value) {
        if (value == null || value.isEmpty() || value.length() > LONGEST_HOST) {
            return null;
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean alphanumeric = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (!alphanumeric && HOST_MARKS.indexOf(c) < 0) {
                return null;
            }
        }
        return value;
    }

    private static @Nullable String scheme(@Nullable String value) {
        return "http".equals(value) || "https".equals(value) ? value : null;
    }

    private static int port(String scheme) {
        return scheme.equals("https") ? 443 : 80;
    }
}
