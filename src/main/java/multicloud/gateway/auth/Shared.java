package multicloud.gateway.auth;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Hands out one object per name to all who ask for it, as long as somebody has it. Safe for use by many threads. */
final class Shared<K, V> {
    private final Map<K, WeakReference<V>> byName = new HashMap<>();

    /** The object of that name, made where nobody has it. */
    synchronized V get(K name, Supplier<V> maker) {
        WeakReference<V> reference = byName.get(name);
        @Nullable V had = reference == null ? null : reference.get();
        if (had != null) {
            return had;
        }
        byName.values().removeIf(each -> each.refersTo(null));
        V made = maker.get();
        byName.put(name, new WeakReference<>(made));
        return made;
    }

    /** Those that somebody has. */
    synchronized List<V> all() {
        List<V> all = new ArrayList<>(byName.size());
        for (WeakReference<V> reference : byName.values()) {
            V value = reference.get();
            if (value != null) {
                all.add(value);
            }
        }
        return all;
    }
}
