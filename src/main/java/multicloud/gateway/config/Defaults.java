package multicloud.gateway.config;

import multicloud.gateway.config.Node.Text;
import multicloud.gateway.http.Timeouts;
import org.jspecify.annotations.Nullable;

/** What holds for every path, unless it says otherwise. */
record Defaults(Timeouts timeouts, long bodyLimit, @Nullable CorsConfig cors, AuthReader.Draft auth) {
    /** What holds where the document says nothing: a body of at most 6 MB, which is what Lambda takes. */
    static final Defaults BUILT_IN = new Defaults(Timeouts.DEFAULT, 6L << 20, null, AuthReader.Draft.OPEN);

    static final Keys LIMITS = Keys.of("body");

    /** What the document says. */
    static Defaults of(ObjectReader document, Findings findings) {
        return new Defaults(
                TimeoutSettings.read(document, findings).over(BUILT_IN.timeouts),
                bodyLimit(document, BUILT_IN.bodyLimit, findings),
                new CorsReader(findings).ofDocument(document),
                new AuthReader(findings).read(document, BUILT_IN.auth));
    }

    /** What {@code limits} of the object says of bodies, or the default. */
    static long bodyLimit(ObjectReader owner, long otherwise, Findings findings) {
        ObjectReader limits = owner.object("limits", LIMITS);
        Text body = limits == null ? null : limits.text("body", Amount.EXPECTED_SIZE);
        long size = body == null ? -1 : Amount.size(body, findings);
        return size < 0 ? otherwise : size;
    }
}
