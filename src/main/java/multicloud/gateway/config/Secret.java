package multicloud.gateway.config;

/** A value that is never shown. Immutable. */
public final class Secret {
    /** What is shown in its place. */
    public static final String MASK = "***";

    private final String value;

    Secret(String value) {
        this.value = value;
    }

    /** The value itself, for who has to use it. */
    public String reveal() {
        return value;
    }

    @Override
    public String toString() {
        return MASK;
    }
}
