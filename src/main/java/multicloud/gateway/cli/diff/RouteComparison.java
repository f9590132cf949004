package multicloud.gateway.cli.diff;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import multicloud.gateway.cli.diff.Facts.Group;
import multicloud.gateway.cli.diff.Item.Kind;
import multicloud.gateway.cli.diff.Item.What;
import multicloud.gateway.config.PathConfig;
import org.jspecify.annotations.Nullable;

/** Compares the routes of two documents, and asks each document who takes the requests of a route that only the other has. */
final class RouteComparison {
    /** The methods that ANY stands for and no preflight is mistaken for. */
    private static final List<String> ANY = List.of("GET", "POST", "PUT", "PATCH", "DELETE");

    private final Document before;
    private final Document after;

    RouteComparison(Document before, Document after) {
        this.before = before;
        this.after = after;
    }

    /** A route in either document, as far as its methods have the same counterpart in the other. */
    private record Pair(
            @Nullable PathConfig before, @Nullable PathConfig after) {}

    /** The routes that are not the same, in the order of the later document; those that are gone come last. */
    List<Item> items() {
        Map<RouteKey, PathConfig> olds = RouteKey.index(before.config());
        Map<RouteKey, PathConfig> news = RouteKey.index(after.config());
        Set<RouteKey> keys = new LinkedHashSet<>(news.keySet());
        keys.addAll(olds.keySet());
        Map<Pair, List<String>> methods = new LinkedHashMap<>();
        for (RouteKey key : keys) {
            methods.computeIfAbsent(new Pair(olds.get(key), news.get(key)), pair -> new ArrayList<>())
                    .add(key.method());
        }
        List<Item> items = new ArrayList<>();
        methods.forEach((pair, taken) -> {
            Item item = item(pair, taken);
            if (!item.changes().isEmpty()) {
                items.add(item);
            }
        });
        items.addAll(overtaking(olds, news));
        return items;
    }

    /** Routes that document order alone decides between, and decides otherwise now. */
    private static List<Item> overtaking(Map<RouteKey, PathConfig> olds, Map<RouteKey, PathConfig> news) {
        Map<RouteKey.Rank, List<RouteKey>> equals = new LinkedHashMap<>();
        news.keySet().stream()
                .filter(key -> olds.containsKey(key) && key.match().count() > 0)
                .forEach(key -> equals.computeIfAbsent(key.rank(), rank -> new ArrayList<>())
                        .add(key));
        List<Item> items = new ArrayList<>();
        for (List<RouteKey> rivals : equals.values()) {
            for (int i = 0; i < rivals.size(); i++) {
                for (RouteKey later : rivals.subList(i + 1, rivals.size())) {
                    RouteKey first = rivals.get(i);
                    PathConfig winner = Objects.requireNonNull(news.get(first));
                    PathConfig loser = Objects.requireNonNull(news.get(later));
                    if (index(olds, first) > index(olds, later)) {
                        Change change = handover(loser, winner, "where both fit, takes requests that", "took");
                        String name = RouteKey.name(List.of(first.method()), winner);
                        items.add(new Item(Kind.CHANGED, What.ROUTE, name, pointer(winner), List.of(change)));
                    }
                }
            }
        }
        return items;
    }

    private static int index(Map<RouteKey, PathConfig> in, RouteKey key) {
        return Objects.requireNonNull(in.get(key)).index();
    }

    private Item item(Pair pair, List<String> methods) {
        PathConfig was = pair.before();
        PathConfig is = pair.after();
        if (is == null) {
            PathConfig gone = Objects.requireNonNull(was);
            return new Item(Kind.REMOVED, What.ROUTE, RouteKey.name(methods, gone), pointer(gone), gone(gone, methods));
        }
        String name = RouteKey.name(methods, is);
        return was == null
                ? new Item(Kind.ADDED, What.ROUTE, name, pointer(is), added(is, methods))
                : new Item(
                        Kind.CHANGED,
                        What.ROUTE,
                        name,
                        pointer(is),
                        Settings.changes(What.ROUTE, facts(was), facts(is)));
    }

    private List<Change> added(PathConfig path, List<String> methods) {
        Group facts = facts(path);
        List<Change> changes = new ArrayList<>();
        changes.add(new Change(
                "integration",
                null,
                text(facts.get("integration")),
                Effect.WIDER,
                Wording.end(facts.get("integration")) + ", " + Wording.auth(facts.get("auth"))));
        for (PathConfig taker : takers(before, path, after, methods)) {
            changes.add(handover(taker, path, "takes requests that", "took"));
        }
        return changes;
    }

    private List<Change> gone(PathConfig path, List<String> methods) {
        Group facts = facts(path);
        List<Change> changes = new ArrayList<>();
        changes.add(new Change(
                "integration",
                text(facts.get("integration")),
                null,
                Effect.NARROWER,
                Wording.was(Wording.end(facts.get("integration"))) + ", "
                        + Wording.was(Wording.auth(facts.get("auth")))));
        for (PathConfig taker : takers(after, path, before, methods)) {
            changes.add(handover(path, taker, "its requests are those that", "takes now"));
        }
        return changes;
    }

    /** Requests that go on to be taken, by another route. */
    private static Change handover(PathConfig from, PathConfig to, String begin, String end) {
        Group was = facts(from);
        Group is = facts(to);
        Effect effect = Effect.NONE;
        List<String> losses = new ArrayList<>();
        for (String held : List.of("auth", "residency")) {
            if (was.get(held) != null && is.get(held) == null) {
                effect = Effect.EXPOSED;
                losses.add(Wording.of(held, was.get(held), null));
            }
        }
        PathConfig other = end.equals("took") ? from : to;
        String text = begin + " " + RouteKey.name(other.route().methods(), other) + " " + end;
        return new Change(
                "route",
                RouteKey.name(from.route().methods(), from),
                RouteKey.name(to.route().methods(), to),
                effect,
                losses.isEmpty() ? text : text + ": " + String.join("; ", losses));
    }

    /** The routes of one document that take what a path of the other document takes there. */
    private static Set<PathConfig> takers(Document in, PathConfig path, Document own, List<String> methods) {
        Set<PathConfig> takers = new LinkedHashSet<>();
        for (String method : methods.contains("ANY") ? ANY : methods) {
            if (path.equals(own.taker(path, method))) {
                PathConfig taker = in.taker(path, method);
                if (taker != null) {
                    takers.add(taker);
                }
            }
        }
        return takers;
    }

    private static Group facts(PathConfig path) {
        return FactsOf.group(path).without("index", "methods", "match");
    }

    private static @Nullable String text(@Nullable Facts facts) {
        return facts == null ? null : facts.text();
    }

    private static String pointer(PathConfig path) {
        return "/paths/" + path.index();
    }
}
