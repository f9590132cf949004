package multicloud.gateway.lambda;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import multicloud.gateway.http.Answers;
import multicloud.gateway.http.Body;
import multicloud.gateway.http.BodyFailure;
import multicloud.gateway.http.Exchange;
import multicloud.gateway.http.Failure;
import multicloud.gateway.http.FieldText;
import multicloud.gateway.http.Headers;
import multicloud.gateway.http.JsonBytes;
import multicloud.gateway.http.Response;

/**
 * Writes answers as the buffered results of a function URL (payload format 2.0): every header once, under its name in lower case;
 * Set-Cookie as {@code cookies}; the body as text where it is text, else as base64.
 *
 * <p>What an answer's body does while it is read decides what goes out: one that breaks off, or does not fit into the 6 MB that
 * Lambda takes, becomes the gateway's own answer. Safe for use by many threads.
 */
final class ResultEncoder {
    /** The most bytes Lambda takes of a function's whole result. */
    static final int LARGEST_RESULT = 6_291_556;

    /** Encodes an answer, or the gateway's own where that one cannot be read to its end or is too large. */
    Result encode(Response response, Exchange exchange) {
        try {
            return write(response, exchange);
        } catch (IOException e) {
            Failure failure = e instanceof BodyFailure broken ? broken.failure() : Failure.UPSTREAM_RESET;
            return encodeOwn(Answers.insteadOf(response, failure, exchange), exchange);
        } catch (RuntimeException | LinkageError bug) {
            exchange.notes().fault(bug);
            return encodeOwn(Answers.insteadOf(response, Failure.INTERNAL, exchange), exchange);
        }
    }

    private static Result encodeOwn(Response own, Exchange exchange) {
        try {
            return write(own, exchange);
        } catch (IOException inMemory) {
            throw new IllegalStateException(inMemory);
        }
    }

    private static Result write(Response response, Exchange exchange) throws IOException {
        boolean toHead = exchange.request().method().equals("HEAD");
        boolean text = TextBody.isDeclaredBy(response.headers());
        byte[] body = read(response.body(), text, toHead);
        text = body.length == 0 || text && TextBody.isUtf8(body);
        JsonBytes json = new JsonBytes(body.length + body.length / 2 + 1024, LARGEST_RESULT);
        json.object().name("statusCode").value(response.status());
        writeHeaders(json, response.headers(), toHead || response.status() == 304);
        json.name("body");
        if (text) {
            json.utf8(body);
        } else {
            json.plain(Base64.getEncoder().encode(body));
        }
        json.name("isBase64Encoded").value(!text).endObject();
        if (json.isOverflown()) {
            throw new BodyFailure(Failure.RESPONSE_TOO_LARGE);
        }
        return new Result(json, response.status(), body.length);
    }

    /** All bytes of the body, but no more than could fit; of the answer to HEAD none. */
    private static byte[] read(Body body, boolean text, boolean toHead) throws IOException {
        if (toHead) {
            body.close();
            return new byte[0];
        }
        return body.bytes(text ? LARGEST_RESULT : LARGEST_RESULT / 4 * 3, Failure.RESPONSE_TOO_LARGE);
    }

    /**
     * @param keepLength whether Content-Length speaks of something other than this result's body, which Lambda measures itself
     */
    private static void writeHeaders(JsonBytes json, Headers headers, boolean keepLength) {
        Map<String, String> once = new LinkedHashMap<>();
        List<String> cookies = new ArrayList<>(0);
        for (int i = 0; i < headers.size(); i++) {
            String name = headers.name(i).toLowerCase(Locale.ROOT);
            String value = FieldText.toText(headers.value(i));
            if (name.equals("set-cookie")) {
                cookies.add(value);
            } else if (!name.startsWith("x-amzn-") && (keepLength || !name.equals("content-length"))) {
                once.merge(name, value, (before, next) -> before + ", " + next);
            }
        }
        json.name("headers").object();
        once.forEach((name, value) -> json.name(name).value(value));
        json.endObject().name("cookies").array();
        cookies.forEach(json::value);
        json.endArray();
    }
}
