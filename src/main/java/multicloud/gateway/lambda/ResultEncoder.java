package multicloud.gateway.lambda;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import multicloud.gateway.http.Answers;
import multicloud.gateway.http.Body;
import multicloud.gateway.http.BodyFailure;
import multicloud.gateway.http.Exchange;
import multicloud.gateway.http.Failure;
import multicloud.gateway.http.Headers;
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

    private static final JsonFactory JSON = new JsonFactory();

    /** Encodes an answer, or the gateway's own where that one cannot be read to its end or is too large. */
    Result encode(Response response, Exchange exchange) {
        try {
            return write(response, exchange);
        } catch (IOException e) {
            Failure failure = e instanceof BodyFailure broken ? broken.failure() : Failure.UPSTREAM_RESET;
            return encodeOwn(failure, exchange);
        } catch (RuntimeException | LinkageError bug) {
            exchange.notes().fault(bug);
            return encodeOwn(Failure.INTERNAL, exchange);
        }
    }

    private static Result encodeOwn(Failure failure, Exchange exchange) {
        try {
            return write(Answers.of(failure, exchange), exchange);
        } catch (IOException inMemory) {
            throw new IllegalStateException(inMemory);
        }
    }

    private static Result write(Response response, Exchange exchange) throws IOException {
        boolean toHead = exchange.request().method().equals("HEAD");
        boolean text = TextBody.isDeclaredBy(response.headers());
        byte[] body = read(response.body(), text, toHead);
        text = body.length == 0 || text && TextBody.isUtf8(body);
        Bounded json = new Bounded(Math.min(body.length + body.length / 2 + 1024, LARGEST_RESULT));
        try (JsonGenerator generator = JSON.createGenerator(json)) {
            generator.writeStartObject();
            generator.writeNumberField("statusCode", response.status());
            writeHeaders(generator, response.headers(), toHead || response.status() == 304);
            generator.writeFieldName("body");
            if (text) {
                generator.writeUTF8String(body, 0, body.length);
            } else {
                generator.writeBinary(body);
            }
            generator.writeBooleanField("isBase64Encoded", !text);
            generator.writeEndObject();
        }
        return new Result(json.taken, response.status(), body.length);
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
    private static void writeHeaders(JsonGenerator json, Headers headers, boolean keepLength) throws IOException {
        Map<String, String> once = new LinkedHashMap<>();
        for (int i = 0; i < headers.size(); i++) {
            String name = headers.name(i).toLowerCase(Locale.ROOT);
            boolean left = name.equals("set-cookie")
                    || name.startsWith("x-amzn-")
                    || name.equals("content-length") && !keepLength;
            if (!left) {
                once.merge(name, FieldText.toText(headers.value(i)), (before, next) -> before + ", " + next);
            }
        }
        json.writeObjectFieldStart("headers");
        for (Map.Entry<String, String> header : once.entrySet()) {
            json.writeStringField(header.getKey(), header.getValue());
        }
        json.writeEndObject();
        json.writeArrayFieldStart("cookies");
        List<String> cookies = headers.all("set-cookie");
        for (String cookie : cookies) {
            json.writeString(FieldText.toText(cookie));
        }
        json.writeEndArray();
    }

    /** Takes as many bytes as Lambda does. */
    private static final class Bounded extends OutputStream {
        private final ByteArrayOutputStream taken;

        Bounded(int room) {
            taken = new ByteArrayOutputStream(room);
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (length > LARGEST_RESULT - taken.size()) {
                throw new BodyFailure(Failure.RESPONSE_TOO_LARGE);
            }
            taken.write(bytes, offset, length);
        }
    }
}
