package multicloud.gateway.cli;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import multicloud.gateway.cli.diff.Comparison;
import multicloud.gateway.cli.diff.Item;
import multicloud.gateway.config.GatewayConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code diff}: says what changes from one document to another, in the words of a gateway. */
@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        description = {
            "Says what changes from one config to another: routes, whom they let in, where they go, and what they go by.",
            "A file, an object (s3://BUCKET/KEY), or a version of one (s3://BUCKET/KEY@VERSION). References are not looked up.",
            "[exposed]: requests lose their authorizer or residency. [wider], [narrower]: more or fewer get in, or further."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:both make the same gateway", "1:they differ", "2:one is refused or cannot be read"})
final class Diff implements Callable<Integer> {
    private static final int DIFFERENT = 1;
    private static final int TROUBLE = 2;

    private final Console console;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "A", description = "What is there.")
    private String before = "";

    @Parameters(index = "1", paramLabel = "B", description = "What is to come.")
    private String after = "";

    @Option(names = "--json", description = "As JSON.")
    private boolean json;

    Diff(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        Place one = Place.parse(before, spec);
        Place other = Place.parse(after, spec);
        GatewayConfig was = Documents.compared(one, console);
        GatewayConfig is = Documents.compared(other, console);
        if (was == null || is == null) {
            return TROUBLE;
        }
        List<Item> items = Comparison.of(was, is);
        if (json) {
            console.out().println(DiffJson.of(items));
        } else {
            new DiffScreen(console.style()).lines(items).forEach(console.out()::println);
            console.err().println(DiffScreen.summary(items));
        }
        return items.isEmpty() ? 0 : DIFFERENT;
    }
}
