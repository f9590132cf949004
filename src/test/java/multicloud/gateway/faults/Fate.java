package multicloud.gateway.faults;

/** What a client gets when the first of two clouds is at fault. */
enum Fate {
    /** The second cloud's answer. */
    OTHER("the other cloud's answer"),
    /** The first cloud's answer, whole. */
    FIRST("its answer"),
    /** The error as the first cloud sent it. */
    ANSWER("its error, as it came"),
    /** The gateway's own word that the connection broke. */
    RESET("502 `upstream_reset`"),
    /** The gateway's own word that it took too long. */
    TIMEOUT("504 `upstream_timeout`"),
    /** A head and part of a body. */
    BROKEN("200, and the body breaks off");

    private final String told;

    Fate(String told) {
        this.told = told;
    }

    String told() {
        return told;
    }
}
