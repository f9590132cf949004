package multicloud.gateway.policy;

import java.util.List;
import multicloud.gateway.http.Answers;
import multicloud.gateway.http.Failure;
import multicloud.gateway.http.Handler;
import org.jspecify.annotations.Nullable;

/** Answers nothing from where the path's requests may not be: the gateway itself runs outside, or nobody knows where. */
public final class Residency implements Policy {
    private final boolean inside;

    /**
     * A policy for one path.
     *
     * @param allowed the jurisdictions its requests may reach
     * @param own that of the gateway; null where it is not known
     */
    public Residency(List<String> allowed, @Nullable String own) {
        this.inside = own != null && allowed.contains(own);
    }

    @Override
    public Handler around(Handler next) {
        return inside ? next : exchange -> Answers.of(Failure.RESIDENCY, exchange);
    }
}
