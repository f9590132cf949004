package multicloud.gateway.http1;

import java.io.IOException;

/** A message that is not HTTP/1.1 as RFC 9112 has it, or that leaves open where it ends; or one that is too long to be read. */
public final class MalformedException extends IOException {
    private static final long serialVersionUID = 1L;

    private final boolean tooLong;

    public MalformedException(String message) {
        this(message, false);
    }

    private MalformedException(String message, boolean tooLong) {
        super(message);
        this.tooLong = tooLong;
    }

    /** Something of a message passes its bounds, whatever else it is. */
    static MalformedException tooLong(String message) {
        return new MalformedException(message, true);
    }

    /** Whether all that is wrong is that the message, as far as it was read, has too much of something. */
    public boolean isTooLong() {
        return tooLong;
    }
}
