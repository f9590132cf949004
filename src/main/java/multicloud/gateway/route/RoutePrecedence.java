package multicloud.gateway.route;

import java.util.Comparator;
import java.util.List;
import multicloud.gateway.config.PathConfig;
import multicloud.gateway.config.PathPattern.Literal;
import multicloud.gateway.config.PathPattern.Parameter;
import multicloud.gateway.config.PathPattern.Segment;
import multicloud.gateway.config.PathPattern.Wildcard;

/**
 * The order in which the routes of a document take requests that several of them match.
 *
 * <p>Paths compare segment by segment: a literal goes before a parameter, that before the path's end, and the end before a wildcard.
 * Then the one with more conditions goes first, one that names its methods before ANY, and the earlier in the document.
 */
public final class RoutePrecedence {
    private static final int END = 2;

    private RoutePrecedence() {}

    /** The comparison itself; never equal for two different entries of one document. */
    public static Comparator<PathConfig> order() {
        return Comparator.<PathConfig, List<Segment>>comparing(
                        path -> path.route().pattern().segments(), RoutePrecedence::compare)
                .thenComparingInt(path -> -path.route().match().count())
                .thenComparingInt(path -> path.route().any() ? 1 : 0)
                .thenComparingInt(PathConfig::index);
    }

    private static int compare(List<Segment> one, List<Segment> other) {
        for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
            int difference = rank(one.get(i)) - rank(other.get(i));
            if (difference != 0) {
                return difference;
            }
        }
        if (one.size() == other.size()) {
            return 0;
        }
        return one.size() < other.size() ? END - rank(other.get(one.size())) : rank(one.get(other.size())) - END;
    }

    private static int rank(Segment segment) {
        return switch (segment) {
            case Literal literal -> 0;
            case Parameter parameter -> 1;
            case Wildcard wildcard -> END + 1;
        };
    }
}
