package multicloud.gateway.integration;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import multicloud.gateway.config.PathPattern;
import multicloud.gateway.config.PathPattern.Literal;
import multicloud.gateway.config.PathPattern.Parameter;
import multicloud.gateway.config.PathPattern.Segment;
import multicloud.gateway.config.PathPattern.Wildcard;
import multicloud.gateway.config.Rewrite;
import multicloud.gateway.http.RequestPath;
import multicloud.gateway.http.RequestPath.AmbiguousPath;
import org.jspecify.annotations.Nullable;

/**
 * The path an upstream is asked for, made of the client's own bytes: below a wildcard what the wildcard took, else the whole path,
 * or a rewrite. Compiled once.
 */
public final class UpstreamPath {
    private final int wildcard;
    private final @Nullable List<Piece> rewrite;

    private sealed interface Piece {}

    private record Fixed(String text) implements Piece {}

    private record OneSegment(int index) implements Piece {}

    private record Rest(int index) implements Piece {}

    private UpstreamPath(int wildcard, @Nullable List<Piece> rewrite) {
        this.wildcard = wildcard;
        this.rewrite = rewrite;
    }

    /** The rule for a route and its rewrite, where it has one. */
    public static UpstreamPath of(PathPattern pattern, @Nullable Rewrite rewrite) {
        int wildcard = pattern.hasWildcard() ? pattern.segments().size() - 1 : -1;
        return new UpstreamPath(wildcard, rewrite == null ? null : pieces(pattern, rewrite));
    }

    private static List<Piece> pieces(PathPattern pattern, Rewrite rewrite) {
        Map<String, Piece> byName = new HashMap<>();
        List<Segment> segments = pattern.segments();
        for (int i = 0; i < segments.size(); i++) {
            switch (segments.get(i)) {
                case Literal literal -> {}
                case Parameter parameter -> byName.put(parameter.name(), new OneSegment(i));
                case Wildcard rest -> byName.put(rest.name(), new Rest(i));
            }
        }
        List<Piece> pieces = new ArrayList<>();
        for (Rewrite.Part part : rewrite.parts()) {
            switch (part) {
                case Rewrite.Text text -> pieces.add(new Fixed(text.text()));
                case Rewrite.Reference reference -> {
                    Piece piece = byName.get(reference.name());
                    if (piece == null) {
                        throw new IllegalArgumentException("no parameter " + reference.name());
                    }
                    pieces.add(piece);
                }
            }
        }
        return List.copyOf(pieces);
    }

    /**
     * The path to ask for, to be put behind the target's own.
     *
     * @throws AmbiguousPath when a rewrite makes a path that could be read in more than one way
     */
    public String of(RequestPath path) throws AmbiguousPath {
        if (rewrite == null) {
            return wildcard < 0 ? path.raw() : "/" + path.rawFrom(wildcard);
        }
        StringBuilder made = new StringBuilder();
        for (Piece piece : rewrite) {
            switch (piece) {
                case Fixed fixed -> made.append(fixed.text());
                case OneSegment segment -> made.append(path.rawSegment(segment.index()));
                case Rest rest -> made.append(path.rawFrom(rest.index()));
            }
        }
        return RequestPath.parse(made.toString()).raw();
    }
}
