package multicloud.gateway.config;

/**
 * The rules a document is held to. The rules of shape are the JSON Schema's too; the others look across the document, or at what
 * a schema cannot say.
 */
public enum Rule {
    SYNTAX(true),
    SHAPE(true);

    private final boolean shape;

    Rule(boolean shape) {
        this.shape = shape;
    }

    /** Whether the JSON Schema refuses what this rule refuses. */
    public boolean isShape() {
        return shape;
    }
}
