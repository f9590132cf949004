package multicloud.gateway.config;

import java.util.ArrayList;
import java.util.List;
import multicloud.gateway.config.Node.Text;
import multicloud.gateway.config.Problem.Severity;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong with one document, in any order, and tells it in the document's. */
final class Findings {
    /** More than this nobody mends at once; the rest is counted. */
    static final int MOST = 10_000;

    private final List<Finding> findings = new ArrayList<>();
    private int errors;
    private int untold;

    /** Something makes the document unusable. */
    void error(Rule rule, int offset, String message) {
        add(Severity.ERROR, rule, offset, message, null);
    }

    /** Like {@link #error}, where no node of the tree says the pointer. */
    void error(Rule rule, int offset, String message, String pointer) {
        add(Severity.ERROR, rule, offset, message, pointer);
    }

    /** Something is probably not meant so. */
    void warning(Rule rule, int offset, String message) {
        add(Severity.WARNING, rule, offset, message, null);
    }

    /** A value has another type than its key wants. */
    void wrongType(Node found, String expected) {
        error(Rule.TYPE, found.offset(), "expected " + expected + ", found " + found.kind());
    }

    /**
     * A string does not fit.
     *
     * @param expected what would: {@code a duration such as "10s"}
     * @param message about the string as written; not used for what a reference brought, which no message shows
     */
    void unfit(Text text, Rule rule, String expected, String message) {
        if (text.origin() == null) {
            error(rule, text.offset(), message);
        } else {
            error(
                    Rule.REFERENCED_VALUE,
                    text.offset(),
                    "the value of " + text.shown() + " does not fit: expected " + expected);
        }
    }

    /** Whether what is added now is only counted. */
    boolean isFull() {
        return findings.size() >= MOST;
    }

    /** How many errors there are so far. */
    int errors() {
        return errors;
    }

    private void add(Severity severity, Rule rule, int offset, String message, @Nullable String pointer) {
        errors += severity == Severity.ERROR ? 1 : 0;
        if (isFull()) {
            untold++;
        } else {
            findings.add(new Finding(severity, rule, offset, message, pointer));
        }
    }

    /** All of it, in document order. */
    List<Problem> problems(byte[] document, @Nullable Node root) {
        if (findings.isEmpty()) {
            return List.of();
        }
        findings.sort((a, b) -> Integer.compare(a.offset(), b.offset()));
        List<Problem> problems = new ArrayList<>(findings.size());
        Position position = new Position(document);
        for (Finding found : findings) {
            position.moveTo(found.offset());
            String pointer = found.pointer() != null ? found.pointer() : Pointer.to(root, found.offset());
            problems.add(new Problem(
                    found.severity(), found.rule(), found.message(), pointer, position.line(), position.column()));
        }
        if (untold > 0) {
            problems.add(new Problem(
                    errors > 0 ? Severity.ERROR : Severity.WARNING,
                    Rule.TOO_MANY,
                    "at least " + untold + " more problems: mend those above first",
                    "",
                    position.line(),
                    position.column()));
        }
        return problems;
    }

    private record Finding(
            Severity severity,
            Rule rule,
            int offset,
            String message,
            @Nullable String pointer) {}
}
