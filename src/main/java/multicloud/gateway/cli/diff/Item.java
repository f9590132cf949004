package multicloud.gateway.cli.diff;

import java.util.Comparator;
import java.util.List;

/**
 * A part of a gateway that is not the same in both documents.
 *
 * @param name of a route its methods, path and conditions, of anything else its alias
 * @param pointer where it stands in the document that has it, the later one if both do (RFC 6901)
 * @param changes of one that is new or gone, what it is or was; the gravest first
 */
public record Item(Kind kind, What what, String name, String pointer, List<Change> changes) {
    public Item {
        changes = changes.stream()
                .sorted(Comparator.comparing(Change::effect).reversed())
                .toList();
    }

    /** What became of it. */
    public enum Kind {
        ADDED,
        REMOVED,
        CHANGED
    }

    /** Which part it is. */
    public enum What {
        ROUTE,
        SERVER,
        AUTHORIZER,
        /** What is no path's, such as the CORS of answers that no route gives. */
        GATEWAY
    }

    /** The gravest of its changes' effects. */
    public Effect effect() {
        return changes.stream().map(Change::effect).max(Effect::compareTo).orElse(Effect.NONE);
    }
}
