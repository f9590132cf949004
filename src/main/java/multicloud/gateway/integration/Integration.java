package multicloud.gateway.integration;

import java.util.List;
import multicloud.gateway.http.Exchange;
import multicloud.gateway.http.Handler;

/** What a route ends in: answers exchanges, and says beforehand what would become of one. */
public interface Integration extends Handler {
    /** What {@link #handle} would do, by the same rules; nobody is called. */
    Plan plan(Exchange exchange);

    /** Every target that {@link #handle} may send something to, for any exchange. */
    List<Reach> reaches();
}
