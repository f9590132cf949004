package multicloud.gateway.config;

import java.util.List;

/** What became of reading a document. */
public sealed interface Reading {
    /** Every problem, in document order. */
    List<Problem> problems();

    /** The document is good; its problems are warnings. */
    record Accepted(GatewayConfig config, List<Problem> problems) implements Reading {
        public Accepted {
            problems = List.copyOf(problems);
        }
    }

    /** The document is refused; at least one problem is an error. */
    record Refused(List<Problem> problems) implements Reading {
        public Refused {
            problems = List.copyOf(problems);
        }
    }
}
