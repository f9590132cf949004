package multicloud.gateway.config;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** Writes a value of a document as JSON text, its references replaced. */
final class JsonText {
    private JsonText() {}

    /** The text. */
    static String of(Node value) {
        StringWriter json = new StringWriter();
        try (JsonGenerator generator = JsonTree.FACTORY.createGenerator(json)) {
            write(value, generator);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return json.toString();
    }

    private static void write(Node value, JsonGenerator json) throws IOException {
        switch (value) {
            case Node.Text text -> json.writeString(text.value());
            case Node.Num number -> json.writeNumber(number.literal());
            case Node.Bool flag -> json.writeBoolean(flag.value());
            case Node.Null nothing -> json.writeNull();
            case Node.Obj object -> {
                json.writeStartObject();
                for (Node.Member member : object.members()) {
                    json.writeFieldName(member.key());
                    write(member.value(), json);
                }
                json.writeEndObject();
            }
            case Node.Arr array -> {
                json.writeStartArray();
                for (Node item : array.items()) {
                    write(item, json);
                }
                json.writeEndArray();
            }
        }
    }
}
