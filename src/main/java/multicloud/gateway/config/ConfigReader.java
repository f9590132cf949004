package multicloud.gateway.config;

import java.util.List;
import multicloud.gateway.config.Problem.Severity;

/**
 * The strict reader of documents: bytes in, records or problems out. It tells everything that is wrong at once, and never throws
 * for what a document holds. Safe for use by many threads.
 */
public final class ConfigReader {
    /** The most bytes a document may have: 5 MB. */
    public static final int MAX_BYTES = 5 << 20;

    private ConfigReader() {}

    /**
     * Reads a document.
     *
     * @param document UTF-8 text (RFC 8259) without byte order mark
     * @param references where values of {@code $env} and {@code $secret} come from; with {@link References#UNRESOLVED} they pass
     *     every check, and stand in the records as written, secrets as {@code ***}; with {@link References#AS_WRITTEN} secrets too
     *     as written
     */
    public static Reading read(byte[] document, References references) {
        if (document.length > MAX_BYTES) {
            return new Reading.Refused(List.of(new Problem(
                    Severity.ERROR,
                    Rule.SIZE,
                    "the document has " + document.length + " bytes: at most " + MAX_BYTES + " (5 MB) are read",
                    "",
                    1,
                    1)));
        }
        Findings findings = new Findings();
        Node root = JsonTree.read(document, new ReferenceResolver(references, findings), findings);
        GatewayConfig config = root == null
                ? new GatewayConfig(List.of(), List.of(), GatewayConfig.General.NONE, List.of())
                : new DocumentReader(references, findings).read(root);
        List<Problem> problems = findings.problems(document, root);
        return findings.errors() == 0 ? new Reading.Accepted(config, problems) : new Reading.Refused(problems);
    }
}
