package multicloud.gateway.cli.diff;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import multicloud.gateway.cli.diff.Facts.Group;
import multicloud.gateway.cli.diff.Item.Kind;
import multicloud.gateway.cli.diff.Item.What;
import multicloud.gateway.config.AuthorizerConfig;
import multicloud.gateway.config.GatewayConfig;
import multicloud.gateway.config.ServerConfig;
import multicloud.gateway.config.ServerConfig.TargetConfig;
import org.jspecify.annotations.Nullable;

/** What is not the same in two documents: routes first, then servers, authorizers and the rest. */
public final class Comparison {
    private static final String TARGETS = "targets.";

    private Comparison() {}

    /**
     * Compares two documents.
     *
     * @param before read with its references as written, like the other
     * @return nothing when they make the same gateway
     */
    public static List<Item> of(GatewayConfig before, GatewayConfig after) {
        List<Item> items = new ArrayList<>(new RouteComparison(Document.of(before), Document.of(after)).items());
        items.addAll(things(What.SERVER, servers(before), servers(after)));
        items.addAll(things(What.AUTHORIZER, authorizers(before), authorizers(after)));
        List<Change> rest = Settings.changes(What.GATEWAY, rest(before), rest(after));
        if (!rest.isEmpty()) {
            items.add(new Item(Kind.CHANGED, What.GATEWAY, "the gateway", "", rest));
        }
        return items;
    }

    /** A thing with an alias: where it stands, and what its document says of it. */
    private record Thing(String pointer, Record config) {
        Group facts() {
            return FactsOf.group(config).without("alias");
        }
    }

    private static Map<String, Thing> servers(GatewayConfig config) {
        Map<String, Thing> things = new LinkedHashMap<>();
        for (ServerConfig server : config.servers()) {
            things.put(server.alias(), new Thing("/servers/" + things.size(), server));
        }
        return things;
    }

    private static Map<String, Thing> authorizers(GatewayConfig config) {
        Map<String, Thing> things = new LinkedHashMap<>();
        int index = 0;
        for (AuthorizerConfig authorizer : config.authorizers()) {
            boolean first = authorizer.alias().equals(AuthorizerConfig.DEFAULT);
            String pointer = first ? "/authorizer" : "/authorizers/" + index++;
            things.put(authorizer.alias(), new Thing(pointer, (Record) authorizer));
        }
        return things;
    }

    private static List<Item> things(What what, Map<String, Thing> before, Map<String, Thing> after) {
        List<Item> items = new ArrayList<>();
        Set<String> aliases = new LinkedHashSet<>(after.keySet());
        aliases.addAll(before.keySet());
        for (String alias : aliases) {
            Thing was = before.get(alias);
            Thing is = after.get(alias);
            if (was == null || is == null) {
                items.add(single(what, alias, was, is));
                continue;
            }
            List<Change> changes = Settings.changes(what, was.facts(), is.facts());
            if (!changes.isEmpty()) {
                items.add(new Item(Kind.CHANGED, what, alias, is.pointer(), placed(was, is, changes)));
            }
        }
        return items;
    }

    private static Item single(What what, String alias, @Nullable Thing was, @Nullable Thing is) {
        String before = was == null ? null : Wording.thing(was.facts());
        String after = is == null ? null : Wording.thing(is.facts());
        String text = was == null ? String.valueOf(after) : "was " + before;
        Change change = new Change(what.name().toLowerCase(Locale.ROOT), before, after, Effect.NONE, text);
        String pointer = is != null ? is.pointer() : was != null ? was.pointer() : "";
        return new Item(was == null ? Kind.ADDED : Kind.REMOVED, what, alias, pointer, List.of(change));
    }

    /** A server with a target where it had none before reaches further. */
    private static List<Change> placed(Thing was, Thing is, List<Change> changes) {
        if (!(was.config() instanceof ServerConfig before) || !(is.config() instanceof ServerConfig after)) {
            return changes;
        }
        Set<String> known = new HashSet<>();
        before.targets().forEach(target -> known.add(jurisdiction(target)));
        Set<String> further = new HashSet<>();
        for (TargetConfig target : after.targets()) {
            if (!known.contains(jurisdiction(target))) {
                further.add(TARGETS + target.name());
            }
        }
        return changes.stream()
                .map(change -> further.contains(change.setting()) ? change.with(Effect.WIDER) : change)
                .toList();
    }

    private static String jurisdiction(TargetConfig target) {
        String jurisdiction = target.place().jurisdiction();
        return jurisdiction == null ? "" : jurisdiction;
    }

    private static Group rest(GatewayConfig config) {
        return FactsOf.group(config).without("servers", "authorizers", "paths");
    }
}
