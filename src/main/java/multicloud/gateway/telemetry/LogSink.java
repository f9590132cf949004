package multicloud.gateway.telemetry;

/** Where log lines go: stdout on Lambda, stderr elsewhere. Safe for use by many threads; a line is written whole. */
@FunctionalInterface
public interface LogSink {
    /** Writes one line, which ends with its line feed. */
    void write(byte[] line, int length);
}
