package multicloud.gateway.lambda;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event that is neither a function URL's nor a schedule's; the message says what was expected and what came, by the names of its
 * keys and never by their values.
 */
public final class UnknownEventException extends IOException {
    private static final long serialVersionUID = 1L;
    private static final String EXPECTED =
            "The event is no function-URL event (payload format 2.0 with version, rawPath and requestContext.http): ";

    private UnknownEventException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    static UnknownEventException malformed(int line, int column, @Nullable Throwable cause) {
        return new UnknownEventException(
                EXPECTED + "it is no JSON object, at line " + line + " column " + column + ".", cause);
    }

    static UnknownEventException ofKeys(List<String> keys, @Nullable String lookalike) {
        String hint = lookalike == null ? "" : " It looks like " + lookalike + ".";
        return new UnknownEventException(EXPECTED + "its top-level keys are " + keys + "." + hint, null);
    }
}
