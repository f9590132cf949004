package multicloud.gateway.lambda;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads events of function URLs (payload format 2.0) in one pass, whatever the order of their keys, and the events of schedules
 * (<a href="https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html">Invoking function URLs</a>).
 *
 * <p>Of what Lambda says twice it reads what lost nothing: {@code rawPath} and {@code rawQueryString}, not their decoded twins. Safe
 * for use by many threads.
 */
final class EventDecoder {
    private static final int LARGEST_EVENT = 16 * 1024 * 1024;

    /** Header names are the client's choice: they are not interned, and a client that makes them collide only slows itself. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(LARGEST_EVENT)
                    .maxNameLength(LARGEST_EVENT)
                    .build())
            .build();

    /**
     * Reads one event and closes the stream.
     *
     * @throws UnknownEventException when it is no JSON, or neither a function URL's nor a schedule's
     */
    LambdaEvent decode(InputStream input) throws IOException {
        try (JsonParser json = JSON.createParser(input)) {
            try {
                EventFields fields = read(json);
                if (json.nextToken() != null) {
                    throw malformed(json.currentTokenLocation(), null);
                }
                return fields.toEvent();
            } catch (JsonProcessingException e) {
                throw malformed(json.currentLocation(), e);
            }
        } catch (CharConversionException e) {
            throw UnknownEventException.malformed(1, 1, e);
        }
    }

    private static EventFields read(JsonParser json) throws IOException {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            throw malformed(json.currentTokenLocation(), null);
        }
        EventFields fields = new EventFields();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            readField(json, fields);
        }
        return fields;
    }

    private static void readField(JsonParser json, EventFields fields) throws IOException {
        String key = json.currentName();
        fields.keys.add(key);
        switch (key) {
            case "version" -> fields.version = text(json);
            case "rawPath" -> fields.rawPath = text(json);
            case "rawQueryString" -> fields.rawQuery = text(json);
            case "headers" -> readHeaders(json, fields);
            case "cookies" -> readCookies(json, fields);
            case "requestContext" -> readContext(json, fields);
            case "body" -> fields.body = text(json);
            case "isBase64Encoded" -> fields.base64 = "true".equals(text(json));
            case "source" -> fields.source = text(json);
            case "detail-type" -> fields.detailType = text(json);
            default -> skip(json);
        }
    }

    private static void readHeaders(JsonParser json, EventFields fields) throws IOException {
        if (!enters(json, JsonToken.START_OBJECT)) {
            return;
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            String value = text(json);
            if (value != null) {
                fields.header(name, value);
            }
        }
    }

    private static void readCookies(JsonParser json, EventFields fields) throws IOException {
        if (!enters(json, JsonToken.START_ARRAY)) {
            return;
        }
        while (json.nextToken() != JsonToken.END_ARRAY) {
            String cookie = json.getValueAsString();
            json.skipChildren();
            if (cookie != null) {
                fields.cookies.add(cookie);
            }
        }
    }

    private static void readContext(JsonParser json, EventFields fields) throws IOException {
        if (!enters(json, JsonToken.START_OBJECT)) {
            return;
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            switch (json.currentName()) {
                case "requestId" -> fields.requestId = text(json);
                case "domainName" -> fields.domainName = text(json);
                case "http" -> readHttp(json, fields);
                case "authorizer" -> readAuthorizer(json, fields);
                case "elb" -> {
                    fields.loadBalancer = true;
                    skip(json);
                }
                default -> skip(json);
            }
        }
    }

    private static void readHttp(JsonParser json, EventFields fields) throws IOException {
        if (!enters(json, JsonToken.START_OBJECT)) {
            return;
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            switch (json.currentName()) {
                case "method" -> fields.method = text(json);
                case "sourceIp" -> fields.sourceIp = text(json);
                default -> skip(json);
            }
        }
    }

    private static void readAuthorizer(JsonParser json, EventFields fields) throws IOException {
        if (!enters(json, JsonToken.START_OBJECT)) {
            return;
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            if (json.currentName().equals("iam")) {
                readCaller(json, fields);
            } else {
                skip(json);
            }
        }
    }

    private static void readCaller(JsonParser json, EventFields fields) throws IOException {
        if (!enters(json, JsonToken.START_OBJECT)) {
            return;
        }
        fields.signed = true;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            String value = text(json);
            if (value != null) {
                fields.caller.put(name, value);
            }
        }
    }

    /** Steps into the value if it begins so, else over it. */
    private static boolean enters(JsonParser json, JsonToken start) throws IOException {
        if (json.nextToken() == start) {
            return true;
        }
        json.skipChildren();
        return false;
    }

    /** The value as text, or null when it is null, an object or an array. */
    private static @Nullable String text(JsonParser json) throws IOException {
        json.nextToken();
        String text = json.getValueAsString();
        json.skipChildren();
        return text;
    }

    private static void skip(JsonParser json) throws IOException {
        json.nextToken();
        json.skipChildren();
    }

    private static UnknownEventException malformed(JsonLocation at, @Nullable Throwable cause) {
        return UnknownEventException.malformed(at.getLineNr(), at.getColumnNr(), cause);
    }
}
