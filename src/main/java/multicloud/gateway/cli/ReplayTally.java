package multicloud.gateway.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import multicloud.gateway.cli.replay.LoggedRequest;
import multicloud.gateway.cli.replay.Replayer.Verdict;

/** Counts what would become of the requests of a log. Not safe for use by several threads. */
final class ReplayTally {
    private final Map<Kind, Count> differences = new LinkedHashMap<>();
    private long total;
    private long unsure;

    /** Requests that would be answered otherwise in the same way. */
    private record Kind(String method, String how) {}

    /** How many there are, and the path of the first. */
    private record Count(long requests, String example) {
        Count plusOne() {
            return new Count(requests + 1, example);
        }
    }

    void add(LoggedRequest request, Verdict verdict) {
        total++;
        switch (verdict) {
            case Verdict.Same same -> {}
            case Verdict.Unsure untold -> unsure++;
            case Verdict.Different(String how) ->
                differences.compute(
                        new Kind(request.method(), how),
                        (kind, count) -> count == null ? new Count(1, request.path()) : count.plusOne());
        }
    }

    long total() {
        return total;
    }

    /** How many would be answered otherwise. */
    long different() {
        return differences.values().stream().mapToLong(Count::requests).sum();
    }

    String summary() {
        return total + (total == 1 ? " request: " : " requests: ") + different() + " would be answered otherwise, "
                + unsure + " cannot be told";
    }

    private List<Map.Entry<Kind, Count>> sorted() {
        return differences.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(
                        Comparator.comparingLong(Count::requests).reversed()))
                .toList();
    }

    /** The most frequent first. */
    List<String> lines(Style style) {
        Table table = new Table("REQUESTS", "METHOD", "LIKE", "WOULD BE");
        for (Map.Entry<Kind, Count> entry : sorted()) {
            Kind kind = entry.getKey();
            Count count = entry.getValue();
            table.row(
                    Long.toString(count.requests()),
                    Glyph.shown(kind.method()),
                    Glyph.shown(count.example()),
                    Glyph.shown(kind.how()));
        }
        return differences.isEmpty() ? List.of() : table.lines(style);
    }

    String json() throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = new JsonFactory().createGenerator(text)) {
            out.setPrettyPrinter(new DefaultPrettyPrinter());
            out.writeStartObject();
            out.writeNumberField("requests", total);
            out.writeNumberField("different", different());
            out.writeNumberField("unsure", unsure);
            out.writeArrayFieldStart("differences");
            for (Map.Entry<Kind, Count> entry : sorted()) {
                out.writeStartObject();
                out.writeNumberField("requests", entry.getValue().requests());
                out.writeStringField("method", entry.getKey().method());
                out.writeStringField("example", entry.getValue().example());
                out.writeStringField("how", entry.getKey().how());
                out.writeEndObject();
            }
            out.writeEndArray();
            out.writeEndObject();
        }
        return text.toString();
    }
}
