package multicloud.gateway.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import multicloud.gateway.cli.diff.Change;
import multicloud.gateway.cli.diff.Effect;
import multicloud.gateway.cli.diff.Item;
import org.jspecify.annotations.Nullable;

/** What changes between two documents, as JSON. */
final class DiffJson {
    private DiffJson() {}

    static String of(List<Item> items) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = new JsonFactory().createGenerator(text)) {
            out.setPrettyPrinter(new DefaultPrettyPrinter());
            out.writeStartObject();
            out.writeBooleanField("same", items.isEmpty());
            out.writeArrayFieldStart("changes");
            for (Item item : items) {
                write(item, out);
            }
            out.writeEndArray();
            out.writeEndObject();
        }
        return text.toString();
    }

    private static void write(Item item, JsonGenerator out) throws IOException {
        out.writeStartObject();
        out.writeStringField("what", item.what().name().toLowerCase(Locale.ROOT));
        out.writeStringField("kind", item.kind().name().toLowerCase(Locale.ROOT));
        out.writeStringField("name", item.name());
        out.writeStringField("pointer", item.pointer());
        out.writeStringField("effect", effect(item.effect()));
        out.writeArrayFieldStart("settings");
        for (Change change : item.changes()) {
            out.writeStartObject();
            out.writeStringField("setting", change.setting());
            out.writeStringField("before", change.before());
            out.writeStringField("after", change.after());
            out.writeStringField("effect", effect(change.effect()));
            out.writeStringField("text", change.text());
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    private static @Nullable String effect(Effect effect) {
        return effect == Effect.NONE ? null : DiffScreen.word(effect);
    }
}
