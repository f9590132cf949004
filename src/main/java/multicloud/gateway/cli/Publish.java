package multicloud.gateway.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import multicloud.gateway.aws.AwsClient;
import multicloud.gateway.aws.AwsCredentials;
import multicloud.gateway.aws.AwsEnvironment;
import multicloud.gateway.aws.S3Location;
import multicloud.gateway.aws.S3Objects;
import multicloud.gateway.aws.S3Objects.Condition;
import multicloud.gateway.aws.S3Result.Failed;
import multicloud.gateway.aws.S3Result.Forbidden;
import multicloud.gateway.aws.S3Result.Missing;
import multicloud.gateway.aws.S3Result.PreconditionFailed;
import multicloud.gateway.aws.S3Result.Present;
import multicloud.gateway.aws.S3Result.Refusal;
import multicloud.gateway.aws.S3Result.Stored;
import multicloud.gateway.aws.TransportHttpClient;
import multicloud.gateway.config.ConfigReader;
import multicloud.gateway.config.Reading;
import multicloud.gateway.config.References;
import multicloud.gateway.http.Ticker;
import multicloud.gateway.http.Timeouts;
import multicloud.gateway.transport.SocketTransport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code publish}: checks a document, then writes it into a bucket without overwriting what the caller has not seen. */
@Command(
        name = "publish",
        mixinStandardHelpOptions = true,
        description = {
            "Checks a config, then writes it to S3.",
            "Without a flag it is written only if there is no object yet."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:written", "1:not written: the config is refused, somebody else wrote first, or S3 refused"})
final class Publish implements Callable<Integer> {
    private static final Timeouts TIMEOUTS =
            new Timeouts(Duration.ofSeconds(3), Duration.ofSeconds(20), Duration.ofSeconds(30), Duration.ofMinutes(1));

    private final Console console;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "FILE", description = "A config file.")
    private String file = "";

    @Parameters(index = "1", paramLabel = "s3://BUCKET/KEY", description = "Where the function reads it.")
    private String target = "";

    @ArgGroup
    private Replacing replacing = new Replacing();

    /** What may be written over. */
    static final class Replacing {
        @Option(
                names = "--if-match",
                paramLabel = "ETAG",
                description = "Replace the object that has this ETag, and no other.")
        private @Nullable String etag;

        @Option(names = "--replace", description = "Replace the object that is there now.")
        private boolean replace;
    }

    Publish(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        S3Location at = location();
        byte[] document = checked();
        if (document == null) {
            return Main.REFUSED;
        }
        AwsEnvironment environment = new AwsEnvironment(console.environment());
        InstantSource clock = InstantSource.system();
        try (SocketTransport transport = SocketTransport.system(null);
                TransportHttpClient http = new TransportHttpClient(transport, TIMEOUTS, Ticker.SYSTEM)) {
            AwsCredentials credentials = AwsCredentials.of(environment, http, clock);
            S3Objects objects = new S3Objects(new AwsClient(http, credentials, clock), environment);
            return write(objects, at, document);
        }
    }

    private S3Location location() {
        try {
            return S3Location.parse(target);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    /** The document's bytes; null when it is refused or cannot be read, which has been said then. */
    private byte @Nullable [] checked() {
        byte[] bytes = Documents.bytes(file, console.err());
        if (bytes == null) {
            return null;
        }
        Reading reading = ConfigReader.read(bytes, References.UNRESOLVED);
        Documents.print(file, reading.problems(), console.err());
        return reading instanceof Reading.Accepted ? bytes : null;
    }

    private int write(S3Objects objects, S3Location at, byte[] document) {
        Condition condition = new Condition.Absent();
        if (replacing.etag != null) {
            condition = new Condition.Matches(quoted(replacing.etag));
        } else if (replacing.replace) {
            switch (objects.head(at)) {
                case Present present
                when present.version().etag() != null ->
                    condition = new Condition.Matches(present.version().etag());
                case Present present -> {
                    return refused("S3 tells no ETag of " + target);
                }
                case Missing missing when !missing.bucket() -> {}
                case Refusal refusal -> {
                    return refused(plainly(refusal, at));
                }
            }
        }
        return switch (objects.put(at, document, condition)) {
            case Stored stored -> written(stored.version());
            case PreconditionFailed lost -> refused(lost(condition));
            case Refusal refusal -> refused(plainly(refusal, at));
        };
    }

    private int written(S3Location.Version version) {
        PrintStream out = console.out();
        out.println("etag " + version.etag());
        out.println("version "
                + (version.versionId() == null ? "none: the bucket keeps no versions" : version.versionId()));
        return 0;
    }

    private int refused(String reason) {
        console.err().println(target + ": not written. " + reason);
        return Main.REFUSED;
    }

    private static String plainly(Refusal refusal, S3Location at) {
        return switch (refusal) {
            case Missing missing -> "There is no bucket \"" + at.bucket() + "\" here: " + missing.reason();
            case Forbidden forbidden ->
                "These credentials may not (they need s3:PutObject, and s3:GetObject for --replace): "
                        + forbidden.reason();
            case Failed failed -> failed.reason();
        };
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

    /** An ETag is quoted in the protocol, and often not on a command line. */
    private static String quoted(String etag) {
        return etag.startsWith("\"") ? etag : "\"" + etag + "\"";
    }
}
