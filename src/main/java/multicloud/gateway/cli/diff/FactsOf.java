package multicloud.gateway.cli.diff;

import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import multicloud.gateway.cli.diff.Facts.Group;
import multicloud.gateway.cli.diff.Facts.One;
import multicloud.gateway.cli.diff.Facts.Some;
import multicloud.gateway.config.BaseUrl;
import multicloud.gateway.config.OriginPattern;
import multicloud.gateway.config.PathPattern;
import multicloud.gateway.config.Rewrite;
import multicloud.gateway.config.Secret;
import multicloud.gateway.config.Template;
import org.jspecify.annotations.Nullable;

/** Reads the facts off the records of a config, whichever they are, so that no setting can be left out of a comparison. */
final class FactsOf {
    /** Components that group others and are no key of a document. */
    private static final Set<String> GROUPING =
            Set.of("route", "policies", "access", "general", "resilience", "more", "expected", "permissions", "place");

    /** Components that are called otherwise in a document. */
    private static final Map<String, String> KEYS =
            Map.of("pattern", "path", "bodyLimit", "limits.body", "json", "response");

    /** Components that tell one of several apart. */
    private static final Set<String> NAMES = Set.of("alias", "name", "id");

    private FactsOf() {}

    /** The facts of a record. */
    static Group group(Record of) {
        Map<String, Facts> members = new LinkedHashMap<>();
        for (Class<?> type : of.getClass().getInterfaces()) {
            if (type.isSealed()) {
                String variant = snakeCase(of.getClass().getSimpleName());
                members.put(Group.TYPE, new One(variant, variant));
            }
        }
        for (RecordComponent component : of.getClass().getRecordComponents()) {
            Object value = value(of, component);
            if (value instanceof Record inner && GROUPING.contains(component.getName())) {
                members.putAll(group(inner).members());
            } else if (value != null) {
                members.put(key(component), facts(component.getName(), value));
            }
        }
        return new Group(members);
    }

    private static Facts facts(String name, Object value) {
        return switch (value) {
            case Secret secret -> new One(secret.reveal(), shown(secret));
            case PathPattern pattern -> new One(pattern.text(), pattern.text());
            case Rewrite rewrite -> new One(rewrite.text(), rewrite.text());
            case OriginPattern origin -> new One(origin.text(), origin.text());
            case BaseUrl url -> new One(url, url.toString());
            case Template template -> template(template);
            case Duration duration -> new One(duration, shown(duration));
            case Enum<?> constant -> new One(constant, constant.name().toLowerCase(Locale.ROOT));
            case Long bytes when name.equals("bodyLimit") -> new One(bytes, size(bytes));
            case Map<?, ?> map -> map(map);
            case Collection<?> items -> items(items);
            case Record inner -> group(inner);
            default -> new One(value, value.toString());
        };
    }

    private static Facts map(Map<?, ?> map) {
        Map<String, Facts> members = new TreeMap<>();
        map.forEach((key, value) -> members.put(key.toString(), facts(key.toString(), value)));
        return new Group(members);
    }

    /** Things with names are told apart by them; the order of all else means nothing. */
    private static Facts items(Collection<?> items) {
        Map<String, Facts> named = new LinkedHashMap<>();
        for (Object item : items) {
            if (item instanceof Record inner && name(inner) != null) {
                named.put(free(String.valueOf(name(inner)), named), named(inner));
            }
        }
        if (!named.isEmpty()) {
            return new Group(named);
        }
        return new Some(items.stream().map(item -> facts("", item).text()).toList());
    }

    /** The name, with a number where others have it too, as keys of one holder do. */
    private static String free(String name, Map<String, Facts> taken) {
        String free = name;
        for (int i = 2; taken.containsKey(free); i++) {
            free = name + " (" + i + ")";
        }
        return free;
    }

    /** A named thing without its name; one that has but a value is that value. */
    private static Facts named(Record item) {
        RecordComponent[] components = item.getClass().getRecordComponents();
        if (components.length == 2) {
            Object value = value(item, components[1]);
            return value == null ? new One("", "taken away") : facts(components[1].getName(), value);
        }
        return group(item).without(NAMES.toArray(String[]::new));
    }

    /** What the first component says, where it is a name. */
    private static @Nullable Object name(Record item) {
        RecordComponent first = item.getClass().getRecordComponents()[0];
        return NAMES.contains(first.getName()) ? value(item, first) : null;
    }

    private static @Nullable Object value(Record of, RecordComponent component) {
        try {
            return component.getAccessor().invoke(of);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("records of the config are public", e);
        }
    }

    /** A value with its variables put in: the document's own, a reference to the environment or a secret as it is written. */
    private static One template(Template template) {
        String text = template.parts().stream()
                .map(part -> switch (part) {
                    case Template.Text literal -> literal.text();
                    case Template.Variable variable -> variable.value();
                    case Template.Reference reference -> "${" + reference + "}";
                })
                .collect(Collectors.joining());
        boolean alone = template.parts().size() == 1 && template.parts().getFirst() instanceof Template.Reference;
        return new One(template.parts(), alone ? template.text() : text);
    }

    /** A secret that stands in the document is not shown; where it refers to one, the reference is. */
    private static String shown(Secret secret) {
        String value = secret.reveal();
        return value.startsWith("$secret.") || value.startsWith("$secrets.") || value.startsWith("$env.")
                ? value
                : Secret.MASK;
    }

    private static String shown(Duration duration) {
        long millis = duration.toMillis();
        return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
    }

    private static String size(long bytes) {
        for (String unit : List.of("MB", "KB")) {
            long one = unit.equals("MB") ? 1L << 20 : 1L << 10;
            if (bytes % one == 0) {
                return bytes / one + unit;
            }
        }
        return bytes + "B";
    }

    private static String key(RecordComponent component) {
        return KEYS.getOrDefault(component.getName(), snakeCase(component.getName()));
    }

    private static String snakeCase(String name) {
        StringBuilder key = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (Character.isUpperCase(c) && i > 0) {
                key.append('_');
            }
            key.append(Character.toLowerCase(c));
        }
        return key.toString();
    }
}
