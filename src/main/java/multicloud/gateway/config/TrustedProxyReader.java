package multicloud.gateway.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import multicloud.gateway.config.Node.Text;
import multicloud.gateway.config.TrustedProxyConfig.Proof;
import org.jspecify.annotations.Nullable;

/** Reads {@code trusted_proxy}. */
final class TrustedProxyReader {
    static final Keys KEYS = Keys.of("secret", "client_ip", "host", "proto");
    static final Keys SECRET = Keys.of("header", "value");

    /** A guess at one of so many bytes is hopeless. */
    private static final int SHORTEST = 16;

    /** Fields that every proxy on the way adds to, so that their beginning is anybody's. */
    private static final Set<String> LISTS = Set.of("x-forwarded-for", "forwarded");

    private final Findings findings;
    private final Set<String> names = new TreeSet<>();

    TrustedProxyReader(Findings findings) {
        this.findings = findings;
    }

    /** What the document says, or null. */
    @Nullable
    TrustedProxyConfig read(ObjectReader document) {
        ObjectReader proxy = document.object("trusted_proxy", KEYS);
        if (proxy == null) {
            return null;
        }
        proxy.require("secret");
        if (proxy.isComplete() && !proxy.has("client_ip") && !proxy.has("host") && !proxy.has("proto")) {
            findings.error(
                    Rule.MISSING_KEY,
                    proxy.offset(),
                    "\"client_ip\", \"host\" or \"proto\" is missing: the proxy has nothing to say");
        }
        return new TrustedProxyConfig(proof(proxy), clientIp(proxy), name(proxy, "host"), name(proxy, "proto"));
    }

    private Proof proof(ObjectReader proxy) {
        ObjectReader secret = proxy.object("secret", SECRET);
        if (secret == null) {
            return new Proof("", List.of());
        }
        secret.require("header");
        secret.require("value");
        String header = name(secret, "header");
        return new Proof(header == null ? "" : header, secrets(secret));
    }

    private @Nullable String clientIp(ObjectReader proxy) {
        String name = name(proxy, "client_ip");
        if (name != null && LISTS.contains(name) && proxy.value("client_ip") instanceof Text text) {
            findings.unfit(
                    text,
                    Rule.HEADER,
                    "a header name",
                    text.shown() + " is a list that anybody may begin: name a header that the proxy itself fills with"
                            + " one address");
        }
        return name;
    }

    private @Nullable String name(ObjectReader owner, String key) {
        Text text = owner.text(key, "a header name");
        String name = text == null ? null : Fields.consumed(text, findings);
        if (text != null && name != null && !names.add(name)) {
            findings.unfit(
                    text,
                    Rule.HEADER,
                    "a header name",
                    "the header " + text.shown() + " is there twice: each says one thing");
        }
        return name;
    }

    private List<Secret> secrets(ObjectReader secret) {
        Node value = secret.value("value");
        List<Node> items =
                value instanceof Node.Arr ? secret.someItems("value") : value == null ? List.of() : List.of(value);
        List<Secret> secrets = new ArrayList<>();
        for (Node item : items) {
            Text text = secret.text(item, "a secret or an array of secrets");
            if (text != null) {
                check(text);
                secrets.add(new Secret(text.value()));
            }
        }
        return secrets;
    }

    private void check(Text secret) {
        if (secret.isOpaque()) {
            return;
        }
        if (secret.value().isEmpty() || !secret.value().chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            findings.unfit(
                    secret,
                    Rule.VALUE,
                    "a header value",
                    "a secret that goes into a header has visible ASCII characters alone");
        } else if (secret.value().length() < SHORTEST) {
            findings.unfit(
                    secret,
                    Rule.WEAK_SECRET,
                    "a secret of at least " + SHORTEST + " bytes",
                    "the secret could be guessed: make one of at least " + SHORTEST + " random characters");
        }
    }
}
