package multicloud.gateway;

import java.time.InstantSource;
import multicloud.gateway.auth.Issuers;
import multicloud.gateway.transport.Transport;
import multicloud.gateway.upstream.TargetStates;
import org.jspecify.annotations.Nullable;

/**
 * What outlives a document, and every document is compiled with: a target that stays in the next one keeps its connections and what
 * is known of it, and an issuer that stays is not asked anew.
 *
 * @param clock the wall clock
 * @param region where the gateway itself runs; null where that is not known
 */
public record Lasting(
        Transport transport,
        TargetStates targets,
        Issuers issuers,
        InstantSource clock,
        @Nullable String region) {
    /** With nothing known of any issuer. */
    public Lasting(Transport transport, TargetStates targets, InstantSource clock, @Nullable String region) {
        this(transport, targets, new Issuers(transport, clock), clock, region);
    }

    /** With nothing known of any target or issuer. */
    public static Lasting with(Transport transport, InstantSource clock) {
        return new Lasting(transport, TargetStates.system(), clock, null);
    }

    /** With nothing known of any target or issuer, and the machine's clock. */
    public static Lasting with(Transport transport) {
        return with(transport, InstantSource.system());
    }

    /** Lets go of what must not live in a snapshot. */
    public void forget() {
        targets.forget();
        transport.closeIdle();
    }
}
