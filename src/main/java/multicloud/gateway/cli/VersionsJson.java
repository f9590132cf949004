package multicloud.gateway.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;

/** The versions of a document, as JSON. */
final class VersionsJson {
    private VersionsJson() {}

    static String of(List<Version> versions) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = new JsonFactory().createGenerator(text)) {
            out.setPrettyPrinter(new DefaultPrettyPrinter());
            out.writeStartArray();
            for (Version version : versions) {
                out.writeStartObject();
                out.writeStringField("version", version.entry().id());
                out.writeStringField("time", version.entry().time().toString());
                out.writeNumberField("size", version.entry().size());
                out.writeStringField("etag", version.entry().etag());
                out.writeStringField("sha256", version.sha256());
                out.writeStringField("by", version.by());
                out.writeBooleanField("deleted", version.entry().deleted());
                out.writeBooleanField("good", version.good());
                out.writeStringField("verdict", version.verdict());
                out.writeEndObject();
            }
            out.writeEndArray();
        }
        return text.toString();
    }
}
