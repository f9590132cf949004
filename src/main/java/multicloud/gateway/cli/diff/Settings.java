package multicloud.gateway.cli.diff;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import multicloud.gateway.cli.diff.Facts.Group;
import multicloud.gateway.cli.diff.Facts.One;
import multicloud.gateway.cli.diff.Facts.Some;
import multicloud.gateway.cli.diff.Item.What;
import org.jspecify.annotations.Nullable;

/** Compares the settings of two things that are the same thing in two documents. Not safe for use by several threads. */
final class Settings {
    private static final Group EMPTY = new Group(Map.of());

    private final What what;
    private final List<Change> changes = new ArrayList<>();

    private Settings(What what) {
        this.what = what;
    }

    /** Every setting that is another one now, in the order of the later document's records. */
    static List<Change> changes(What what, Group before, Group after) {
        Settings settings = new Settings(what);
        settings.compare("", before, after);
        return settings.changes;
    }

    private void compare(String prefix, Group before, Group after) {
        Set<String> names = new LinkedHashSet<>(after.members().keySet());
        names.addAll(before.members().keySet());
        for (String name : names) {
            compare(prefix + name, before.get(name), after.get(name));
        }
    }

    private void compare(String setting, @Nullable Facts before, @Nullable Facts after) {
        Group was = group(before, after);
        Group is = group(after, before);
        if (was != null && is != null && !isOtherType(was, is)) {
            compare(setting + ".", was, is);
        } else if (before == null || !before.equals(after)) {
            changes.add(change(setting, before, after));
        }
    }

    private Change change(String setting, @Nullable Facts before, @Nullable Facts after) {
        return new Change(
                setting,
                before == null ? null : before.text(),
                after == null ? null : after.text(),
                Effects.of(what, setting, before, after),
                Wording.of(setting, before, after));
    }

    /** A list without things has no names to tell them apart: beside one that has, it is a group of nothing. */
    private static @Nullable Group group(@Nullable Facts facts, @Nullable Facts other) {
        return switch (facts) {
            case Group group -> group;
            case Some(List<String> values) when values.isEmpty() && other instanceof Group -> EMPTY;
            case Some some -> null;
            case One one -> null;
            case null -> null;
        };
    }

    private static boolean isOtherType(Group before, Group after) {
        Facts type = before.get(Group.TYPE);
        return type != null && !type.equals(after.get(Group.TYPE));
    }
}
