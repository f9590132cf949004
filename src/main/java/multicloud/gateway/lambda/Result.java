package multicloud.gateway.lambda;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * One result, complete and in memory.
 *
 * @param status the status that goes out
 * @param bodyBytes the length of the answer's body, before base64
 */
record Result(ByteArrayOutputStream json, int status, long bodyBytes) {

    /** Writes it in one piece. */
    void writeTo(OutputStream output) throws IOException {
        json.writeTo(output);
    }
}
