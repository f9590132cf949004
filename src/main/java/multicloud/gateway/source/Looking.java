package multicloud.gateway.source;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import multicloud.gateway.Gateway;
import multicloud.gateway.Lasting;
import multicloud.gateway.config.ConfigReader;
import multicloud.gateway.config.Problem;
import multicloud.gateway.config.Problem.Severity;
import multicloud.gateway.config.Reading;
import multicloud.gateway.config.References;
import multicloud.gateway.config.Rule;
import multicloud.gateway.source.ConfigSource.Look;
import multicloud.gateway.telemetry.ConfigLog;
import org.jspecify.annotations.Nullable;

/**
 * One look from beginning to end: the source is asked, and what it gives is read and compiled. Changes nothing by itself. Safe for
 * use by many threads.
 */
final class Looking {
    private static final int MOST_PROBLEMS = 20;
    private static final int VERSION_DIGITS = 12;

    private final ConfigSource source;
    private final References references;
    private final Lasting lasting;
    private final List<String> complaints;

    /**
     * @param complaints about the settings, said with every document
     */
    Looking(ConfigSource source, References references, Lasting lasting, List<String> complaints) {
        this.source = source;
        this.references = references;
        this.lasting = lasting;
        this.complaints = List.copyOf(complaints);
    }

    /** What is known after a look, given what was known before it. Never throws: a bug is a failed look. */
    Knowledge after(Knowledge before) {
        try {
            return switch (source.look(before.tag())) {
                case Look.Unchanged() -> before.confirmed();
                case Look.Document(byte[] bytes, String tag) -> read(before, bytes, tag);
                case Look.TooLarge(String tag) -> tooLarge(before, tag);
                case Look.Unavailable(String reason) -> before.failing(reason);
            };
        } catch (RuntimeException | Error bug) {
            StackTraceElement[] at = bug.getStackTrace();
            return before.failing("the look failed unexpectedly: "
                    + bug.getClass().getName() + (at.length == 0 ? "" : " at " + at[0]));
        }
    }

    private Knowledge read(Knowledge before, byte[] bytes, @Nullable String tag) {
        String sha256 = sha256(bytes);
        Knowledge.Seen seen = before.seen();
        if (seen != null && sha256.equals(seen.document().sha256())) {
            Knowledge.Seen same = new Knowledge.Seen(tag, document(tag, sha256), seen.verdict());
            return new Knowledge(before.gateway(), same, null);
        }
        String version = sha256.substring(0, VERSION_DIGITS);
        return switch (ConfigReader.read(bytes, references)) {
            case Reading.Accepted accepted -> {
                Gateway gateway = Gateway.compile(accepted.config(), version, lasting);
                LiveGateway.Status.Verdict verdict = new LiveGateway.Status.Loaded(version, said(accepted));
                yield new Knowledge(gateway, new Knowledge.Seen(tag, document(tag, sha256), verdict), null);
            }
            case Reading.Refused refused -> {
                LiveGateway.Status.Verdict verdict = new LiveGateway.Status.Refused(said(refused));
                yield new Knowledge(before.gateway(), new Knowledge.Seen(tag, document(tag, sha256), verdict), null);
            }
        };
    }

    private Knowledge tooLarge(Knowledge before, @Nullable String tag) {
        Problem problem = new Problem(
                Severity.ERROR,
                Rule.SIZE,
                "the document has more than " + ConfigReader.MAX_BYTES + " bytes (5 MB)",
                "",
                1,
                1);
        LiveGateway.Status.Verdict verdict = new LiveGateway.Status.Refused(List.of(problem.toString()));
        return new Knowledge(before.gateway(), new Knowledge.Seen(tag, document(tag, null), verdict), null);
    }

    private ConfigLog.Document document(@Nullable String tag, @Nullable String sha256) {
        return new ConfigLog.Document(source.name(), tag, sha256);
    }

    /** The first problems, errors before warnings, and how many more there are. */
    private List<String> said(Reading reading) {
        List<String> said = new ArrayList<>(complaints);
        for (Severity severity : Severity.values()) {
            for (Problem problem : reading.problems()) {
                if (problem.severity() == severity && said.size() < MOST_PROBLEMS) {
                    said.add(problem.toString());
                }
            }
        }
        int more = reading.problems().size() + complaints.size() - said.size();
        if (more > 0) {
            said.add("and " + more + " more");
        }
        return List.copyOf(said);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
