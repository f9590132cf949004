package multicloud.gateway.mapping;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a mapping does to the fields of one message, as far as it is known before a request is served.
 *
 * @param set the fields that get a value, in the mapping's order
 * @param removed those that are taken away and get none
 */
public record HeaderChanges(Map<String, Shown> set, List<String> removed) {
    public HeaderChanges {
        set = Collections.unmodifiableMap(new LinkedHashMap<>(set));
        removed = List.copyOf(removed);
    }
}
