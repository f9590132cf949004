package multicloud.gateway;

/** A document names something by a reference that was not looked up, so that nothing can be said of where its requests go. */
public final class UndecidedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UndecidedException(String alias) {
        super("nothing has the alias " + alias + " as long as references are not looked up: write names out");
    }
}
