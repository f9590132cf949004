package multicloud.gateway.cli;

import java.io.PrintStream;
import java.util.List;
import multicloud.gateway.aws.S3Location;
import multicloud.gateway.aws.S3Objects.Condition;
import multicloud.gateway.aws.S3Result.PreconditionFailed;
import multicloud.gateway.aws.S3Result.Refusal;
import multicloud.gateway.aws.S3Result.Stored;
import multicloud.gateway.cli.diff.Comparison;
import multicloud.gateway.cli.diff.Item;
import multicloud.gateway.config.ConfigReader;
import multicloud.gateway.config.Reading;
import multicloud.gateway.config.References;
import multicloud.gateway.source.Settings;
import org.jspecify.annotations.Nullable;

/** Puts a checked document into a bucket: says what changes, asks where a person is there, and writes if nobody else has. */
final class Replacement {
    /** Stands for an object that was not read. */
    static final byte[] NO_DOCUMENT = {};

    private final Console console;
    private final Bucket bucket;

    Replacement(Console console, Bucket bucket) {
        this.console = console;
        this.bucket = bucket;
    }

    /**
     * Says what changes, asks, and writes if what changes is still there.
     *
     * @param before what is there; {@link #NO_DOCUMENT} where it is too large to be one
     * @param etag what S3 tells that by
     * @param by who says to write
     */
    int over(byte[] before, @Nullable String etag, byte[] after, String by) {
        if (etag == null) {
            return refused("S3 tells no ETag of what is there.");
        }
        show(before, after);
        return console.agrees("Replace " + bucket.at() + "?")
                ? write(after, new Condition.Matches(etag), by)
                : refused("You did not say yes.");
    }

    private void show(byte[] before, byte[] after) {
        Reading was = ConfigReader.read(before, References.AS_WRITTEN);
        Reading is = ConfigReader.read(after, References.AS_WRITTEN);
        if (was instanceof Reading.Accepted old && is instanceof Reading.Accepted next) {
            List<Item> items = Comparison.of(old.config(), next.config());
            new DiffScreen(console.style()).lines(items).forEach(console.err()::println);
            console.err().println(DiffScreen.summary(items));
        } else {
            console.err().println("What is there now is no good document: it is replaced as a whole.");
        }
    }

    /**
     * Writes, and prints what has come of it.
     *
     * @param by who says to write it
     */
    int write(byte[] document, Condition condition, String by) {
        return switch (bucket.objects().put(bucket.at(), document, condition, by)) {
            case Stored stored -> written(stored.version());
            case PreconditionFailed lost -> refused(lost(condition));
            case Refusal refusal -> refused(refusal);
        };
    }

    private int written(S3Location.Version version) {
        PrintStream out = console.out();
        out.println("etag " + version.etag());
        out.println("version "
                + (version.versionId() == null ? "none: the bucket keeps no versions" : version.versionId()));
        out.println("live in every environment " + Settings.DEFAULT_REFRESH
                + " s from now and one request later (GATEWAY_CONFIG_REFRESH); none answers by the one before after "
                + Settings.DEFAULT_MAX_STALE + " s (GATEWAY_CONFIG_MAX_STALE)");
        return 0;
    }

    int refused(Refusal refusal) {
        return refused(bucket.plainly(refusal, "s3:PutObject, and s3:GetObject to see what is there"));
    }

    int refused(String reason) {
        console.err().println(bucket.at() + ": not written. " + reason);
        return Main.REFUSED;
    }

    private static String lost(Condition condition) {
        return switch (condition) {
            case Condition.Absent() ->
                "There is an object already: look at it, then use --replace, or --if-match with its ETag.";
            case Condition.Matches(String etag) ->
                "It no longer has the ETag " + etag + ": somebody else has written. Look at it, then try again.";
            case Condition.Always() -> "Somebody else was writing at the same moment; try again.";
        };
    }
}
