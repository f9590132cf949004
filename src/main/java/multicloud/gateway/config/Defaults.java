package multicloud.gateway.config;

import multicloud.gateway.config.Node.Text;
import multicloud.gateway.http.Timeouts;

/** What holds for everything below, unless it says otherwise. */
record Defaults(Timeouts timeouts, long bodyLimit) {
    /** What holds where the document says nothing: a body of at most 6 MB, which is what Lambda takes. */
    static final Defaults BUILT_IN = new Defaults(Timeouts.DEFAULT, 6L << 20);

    static final Keys LIMITS = Keys.of("body");

    /** What holds below an object with {@code timeouts} and {@code limits} of its own. */
    Defaults below(ObjectReader owner, Findings findings) {
        return new Defaults(
                TimeoutSettings.read(owner, findings).over(timeouts), bodyLimit(owner, bodyLimit, findings));
    }

    /** What {@code limits} of the object says of bodies, or the default. */
    static long bodyLimit(ObjectReader owner, long otherwise, Findings findings) {
        ObjectReader limits = owner.object("limits", LIMITS);
        Text body = limits == null ? null : limits.text("body", Amount.EXPECTED_SIZE);
        long size = body == null ? -1 : Amount.size(body, findings);
        return size < 0 ? otherwise : size;
    }
}
