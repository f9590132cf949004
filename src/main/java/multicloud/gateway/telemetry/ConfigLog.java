package multicloud.gateway.telemetry;

import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes one line for each change of what is known of the document. Safe for use by many threads. */
public final class ConfigLog {
    private final LogSink sink;
    private final InstantSource clock;

    public ConfigLog(LogSink sink, InstantSource clock) {
        this.sink = sink;
        this.clock = clock;
    }

    /** A document that was read: where from, and which. */
    public record Document(
            String source, @Nullable String etag, @Nullable String sha256) {}

    /** The document answers from now on; the problems are its warnings. */
    public void loaded(Document document, List<String> problems) {
        write("loaded", document, problems);
    }

    /** The document has errors; the one before stays. */
    public void refused(Document document, List<String> problems) {
        write("refused", document, problems);
    }

    /** The source gave no document; the one before stays. */
    public void unreachable(String source, String reason) {
        write("unreachable", new Document(source, null, null), List.of(reason));
    }

    private void write(String event, Document document, List<String> problems) {
        LogLine.write(sink, "config", clock.instant(), json -> {
            json.name("event").value(event);
            json.name("source").value(document.source());
            json.name("etag").value(document.etag());
            json.name("sha256").value(document.sha256());
            json.name("problems").array();
            problems.forEach(json::value);
            json.endArray();
        });
    }
}
