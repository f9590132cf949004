package multicloud.gateway.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import multicloud.gateway.config.ConfigReader;
import multicloud.gateway.config.GatewayConfig;
import multicloud.gateway.config.Reading;
import multicloud.gateway.config.References;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code map}: draws a document as a page for a browser. */
@Command(
        name = "map",
        mixinStandardHelpOptions = true,
        description = {
            "Draws a config as one page for a browser: paths, who is let in, servers, and targets by cloud.",
            "The page needs no network and says of a request what explain says. Secrets are not on it; what the config has"
                    + " written out is."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:drawn", "1:the config is refused or cannot be read, or the page cannot be written"})
final class RouteMap implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "FILE", description = "A config file.")
    private String file = "";

    @Option(
            names = {"-o", "--output"},
            paramLabel = "PAGE",
            description = "Where to write the page. Default: standard output.")
    private @Nullable Path page;

    RouteMap(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        byte[] document = Documents.bytes(file, console.err());
        if (document == null) {
            return Main.REFUSED;
        }
        return switch (ConfigReader.read(document, References.UNRESOLVED)) {
            case Reading.Refused refused -> {
                Documents.print(file, refused.problems(), console.err());
                yield Main.REFUSED;
            }
            case Reading.Accepted accepted -> draw(accepted.config(), title(document));
        };
    }

    private int draw(GatewayConfig config, @Nullable String title) throws IOException {
        String source = String.valueOf(Path.of(file).getFileName());
        String html = MapPage.with(MapTable.of(config, title == null ? source : title, source));
        if (page == null) {
            console.out().print(html);
            console.out().flush();
            return 0;
        }
        try {
            Files.writeString(page, html);
        } catch (IOException e) {
            console.err().println(page + ": it cannot be written: " + e.getMessage());
            return Main.REFUSED;
        }
        console.err().println("drawn: open " + page + " in a browser");
        return 0;
    }

    /** The title of a document that has been accepted; null where it has none. */
    private static @Nullable String title(byte[] document) throws IOException {
        try (JsonParser parser = new JsonFactory().createParser(document)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean title = parser.currentName().equals("title");
                parser.nextToken();
                if (title) {
                    return parser.getText();
                }
                parser.skipChildren();
            }
            return null;
        }
    }
}
