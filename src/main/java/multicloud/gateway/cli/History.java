package multicloud.gateway.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import multicloud.gateway.aws.S3Location;
import multicloud.gateway.aws.S3Result;
import multicloud.gateway.aws.S3Result.Entry;
import multicloud.gateway.aws.S3Result.Listed;
import multicloud.gateway.aws.S3Result.Refusal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code history}: lists the versions of a document in S3. */
@Command(
        name = "history",
        mixinStandardHelpOptions = true,
        description = {
            "Lists the versions of a config in S3, the newest first, and whether each is good here.",
            "The first 12 digits of its SHA-256 are what log lines call its config_version."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:listed", "1:there is none, or S3 refused"})
final class History implements Callable<Integer> {
    private static final String PERMISSIONS = "s3:ListBucketVersions and s3:GetObjectVersion";

    private final Console console;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "s3://BUCKET/KEY", description = "Where the function reads it.")
    private String target = "";

    @Option(
            names = {"-n", "--limit"},
            paramLabel = "COUNT",
            description = "How many versions, from the newest. Default: 20.")
    private int limit = 20;

    @Option(names = "--json", description = "As JSON.")
    private boolean json;

    History(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        S3Location at = Place.object(target, spec);
        try (Bucket bucket = new Bucket(console, at)) {
            return switch (bucket.objects().versions(at, Math.max(1, limit))) {
                case Listed(List<Entry> entries) when entries.isEmpty() -> refused("There is no such object.");
                case Listed(List<Entry> entries) -> print(entries, bucket);
                case Refusal refusal -> refused(bucket.plainly(refusal, PERMISSIONS));
            };
        }
    }

    private int print(List<Entry> entries, Bucket bucket) throws IOException {
        List<Version> versions = new ArrayList<>();
        for (Entry entry : entries) {
            if (entry.deleted()) {
                versions.add(Version.deleted(entry));
                continue;
            }
            switch (bucket.get(entry, entries.getFirst())) {
                case S3Result.Found found -> versions.add(Version.read(entry, found));
                case S3Result.TooLarge large ->
                    versions.add(Version.unread(entry, "more than " + large.limit() + " bytes"));
                case S3Result.NotModified unasked -> throw new IllegalStateException("nothing was known before");
                case Refusal refusal -> {
                    return refused(bucket.plainly(refusal, PERMISSIONS));
                }
            }
        }
        if (json) {
            console.out().println(VersionsJson.of(versions));
        } else {
            table(versions).lines(console.style()).forEach(console.out()::println);
        }
        return 0;
    }

    private Table table(List<Version> versions) {
        Table table = new Table("VERSION", "TIME", "SIZE", "SHA-256", "BY", "CONFIG");
        for (int i = 0; i < versions.size(); i++) {
            Version version = versions.get(i);
            String hash = version.sha256() == null ? "" : version.sha256();
            table.row(
                    version.entry().id(),
                    version.entry().time().toString(),
                    Long.toString(version.entry().size()),
                    console.terminal() && !hash.isEmpty() ? hash.substring(0, Version.SHORT) : hash,
                    version.by() == null ? "" : Glyph.shown(version.by()),
                    version.verdict() + (i == 0 ? ", the newest" : ""));
        }
        return table;
    }

    private int refused(String reason) {
        console.err().println(target + ": " + reason);
        return Main.REFUSED;
    }
}
