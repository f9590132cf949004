package multicloud.gateway.config;

/**
 * Something wrong with a document.
 *
 * @param message what is wrong and how to mend it, without any value of a secret
 * @param pointer where, as a JSON pointer (RFC 6901); empty for the document itself
 * @param line from 1
 * @param column from 1, in characters
 */
public record Problem(Severity severity, Rule rule, String message, String pointer, int line, int column) {

    /** Whether a document with such a problem is refused. */
    public enum Severity {
        ERROR,
        WARNING;

        /** The word before the message. */
        public String label() {
            return this == ERROR ? "error" : "warning";
        }
    }

    /** {@code LINE:COL: error: MESSAGE (/json/pointer)}, to be preceded by the file's name; the document itself is shown as a slash. */
    @Override
    public String toString() {
        return line + ":" + column + ": " + severity.label() + ": " + message + " (" + place() + ")";
    }

    /** The pointer as a message shows it. */
    public String place() {
        return pointer.isEmpty() ? "/" : Names.visible(pointer);
    }
}
