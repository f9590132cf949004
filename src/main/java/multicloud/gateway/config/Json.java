package multicloud.gateway.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import multicloud.gateway.config.Node.Member;
import org.jspecify.annotations.Nullable;

/** Parts of a document as plain values, for what takes any JSON. */
final class Json {
    private Json() {}

    /** The members by their names, the first of each: texts, longs, doubles, booleans, lists and maps of them, null. Unmodifiable. */
    static Map<String, @Nullable Object> members(List<Member> members) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        members.forEach(member -> values.putIfAbsent(member.key(), value(member.value())));
        return Collections.unmodifiableMap(values);
    }

    private static @Nullable Object value(Node node) {
        return switch (node) {
            case Node.Text text -> text.value();
            case Node.Num number -> number(number.literal());
            case Node.Bool flag -> flag.value();
            case Node.Null nothing -> null;
            case Node.Obj object -> members(object.members());
            case Node.Arr array -> {
                List<@Nullable Object> items = new ArrayList<>();
                array.items().forEach(item -> items.add(value(item)));
                yield Collections.unmodifiableList(items);
            }
        };
    }

    private static Object number(String literal) {
        try {
            return Long.valueOf(literal);
        } catch (NumberFormatException e) {
            return Double.valueOf(literal);
        }
    }
}
