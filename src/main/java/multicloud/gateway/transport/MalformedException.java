package multicloud.gateway.transport;

import java.io.IOException;

/** An answer that is not HTTP/1.1 as RFC 9112 has it, or that leaves open where it ends. */
final class MalformedException extends IOException {
    private static final long serialVersionUID = 1L;

    MalformedException(String message) {
        super(message);
    }
}
