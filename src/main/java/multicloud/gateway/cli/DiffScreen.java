package multicloud.gateway.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import multicloud.gateway.cli.diff.Change;
import multicloud.gateway.cli.diff.Effect;
import multicloud.gateway.cli.diff.Item;
import multicloud.gateway.cli.diff.Item.Kind;
import multicloud.gateway.cli.diff.Item.What;

/** What changes between two documents, for a person. The first column is one that a comment in Markdown's diff colours too. */
final class DiffScreen {
    private static final int MOST_NAMES = 6;

    private final Style style;

    DiffScreen(Style style) {
        this.style = style;
    }

    /** How much changes, in one line. */
    static String summary(List<Item> items) {
        if (items.isEmpty()) {
            return "no difference: both make the same gateway";
        }
        StringBuilder summary = new StringBuilder(items.size() + (items.size() == 1 ? " change" : " changes"));
        String separator = ": ";
        for (Effect effect : List.of(Effect.EXPOSED, Effect.WIDER, Effect.NARROWER)) {
            long count = items.stream().filter(item -> item.effect() == effect).count();
            if (count > 0) {
                summary.append(separator).append(count).append(' ').append(word(effect));
                separator = ", ";
            }
        }
        return summary.toString();
    }

    /** Things that change in the same way are there together. */
    List<String> lines(List<Item> items) {
        Map<Object, List<Item>> alike = new LinkedHashMap<>();
        for (Item item : items) {
            Object key = item.kind() == Kind.CHANGED && item.what() == What.ROUTE ? item.changes() : item;
            alike.computeIfAbsent(key, ignored -> new ArrayList<>()).add(item);
        }
        List<String> lines = new ArrayList<>();
        alike.values().forEach(group -> add(group, lines));
        return lines;
    }

    private void add(List<Item> alike, List<String> lines) {
        boolean all = alike.size() <= MOST_NAMES || alike.getFirst().effect() == Effect.EXPOSED;
        alike.stream().limit(all ? alike.size() : MOST_NAMES - 1L).forEach(item -> lines.add(title(item)));
        if (!all) {
            lines.add("~ and " + (alike.size() - MOST_NAMES + 1) + " other routes");
        }
        alike.getFirst().changes().forEach(change -> lines.add(line(change)));
    }

    private String title(Item item) {
        String what = item.what() == What.ROUTE || item.what() == What.GATEWAY
                ? ""
                : item.what().name().toLowerCase(Locale.ROOT) + " ";
        String mark = switch (item.kind()) {
            case ADDED -> style.green("+");
            case REMOVED -> style.cyan("-");
            case CHANGED -> "~";
        };
        return mark + " " + what + style.bold(Glyph.shown(item.name()))
                + style.dim(item.pointer().isEmpty() ? "" : "  " + item.pointer());
    }

    private String line(Change change) {
        return switch (change.effect()) {
            case NONE -> "      " + Glyph.shown(change.text());
            case NARROWER -> "      " + Glyph.shown(change.text()) + style.green("  [narrower]");
            case WIDER -> "      " + Glyph.shown(change.text()) + style.yellow("  [wider]");
            case EXPOSED -> style.red("!     " + Glyph.shown(change.text()) + "  [exposed]");
        };
    }

    static String word(Effect effect) {
        return effect.name().toLowerCase(Locale.ROOT);
    }
}
