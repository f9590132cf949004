package multicloud.gateway.http;

/** A clock for measuring spans: nanoseconds from an arbitrary origin, never going back. Tests bring their own. */
@FunctionalInterface
public interface Ticker {
    /** The machine's own. */
    Ticker SYSTEM = System::nanoTime;

    long nanos();
}
