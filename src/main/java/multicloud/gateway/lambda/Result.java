package multicloud.gateway.lambda;

import java.io.IOException;
import java.io.OutputStream;
import multicloud.gateway.http.JsonBytes;

/**
 * One result, complete and in memory.
 *
 * @param status the status that goes out
 * @param bodyBytes the length of the answer's body, before base64
 */
record Result(JsonBytes json, int status, long bodyBytes) {

    /** Writes it in one piece. */
    void writeTo(OutputStream output) throws IOException {
        output.write(json.bytes(), 0, json.length());
    }
}
