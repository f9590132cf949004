package multicloud.gateway.http;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads claims (RFC 7519, section 4) by name, as routes demand them and mappings show them. */
public final class Claims {
    private Claims() {}

    /**
     * The claim of that name, or one within another: a dot is part of a name where there is such a name, and otherwise lies between
     * two. Null where there is none.
     */
    public static @Nullable Object find(Map<?, ?> claims, String name) {
        if (claims.containsKey(name)) {
            return claims.get(name);
        }
        for (int dot = name.lastIndexOf('.'); dot > 0; dot = name.lastIndexOf('.', dot - 1)) {
            if (claims.get(name.substring(0, dot)) instanceof Map<?, ?> inner) {
                Object found = find(inner, name.substring(dot + 1));
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    /** A claim as text: the values of a list joined by commas; null for what has no text of its own, which is null and an object. */
    public static @Nullable String text(@Nullable Object claim) {
        return switch (claim) {
            case null -> null;
            case Map<?, ?> object -> null;
            case Collection<?> list -> String.join(",", texts(list));
            default -> claim.toString();
        };
    }

    /** The values of a claim, each as text: of a list its members, of anything else itself. */
    public static List<String> values(@Nullable Object claim) {
        if (claim instanceof Collection<?> list) {
            return texts(list);
        }
        String text = text(claim);
        return text == null ? List.of() : List.of(text);
    }

    private static List<String> texts(Collection<?> list) {
        List<String> texts = new ArrayList<>(list.size());
        for (Object member : list) {
            String text = text(member);
            if (text != null) {
                texts.add(text);
            }
        }
        return texts;
    }
}
