package multicloud.gateway.cli.diff;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a part of a config says, as a tree of settings that are called as in a document. Immutable. */
sealed interface Facts {
    /** As it is shown: never a secret that stands in the document itself. */
    String text();

    /**
     * A single value.
     *
     * @param value what is compared
     */
    record One(Object value, String text) implements Facts {
        /** Never the value. */
        @Override
        public String toString() {
            return text;
        }
    }

    /** Values whose order means nothing. */
    record Some(List<String> values) implements Facts {
        public Some {
            values = values.stream().sorted().toList();
        }

        @Override
        public String text() {
            return values.isEmpty() ? "none" : String.join(", ", values);
        }
    }

    /** Settings by their names. */
    record Group(Map<String, Facts> members) implements Facts {
        /** The member that says which of several kinds of thing this is. */
        static final String TYPE = "type";

        public Group {
            members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        }

        @Nullable
        Facts get(String name) {
            return members.get(name);
        }

        /** The text of a setting; null where there is none. */
        @Nullable
        String text(String name) {
            Facts member = members.get(name);
            return member == null ? null : member.text();
        }

        /** The same without these. */
        Group without(String... names) {
            Map<String, Facts> rest = new LinkedHashMap<>(members);
            rest.keySet().removeAll(List.of(names));
            return new Group(rest);
        }

        private static boolean isEmpty(Facts facts) {
            return switch (facts) {
                case One one -> false;
                case Some some -> some.values().isEmpty();
                case Group group -> group.members().isEmpty();
            };
        }

        @Override
        public String text() {
            return members.entrySet().stream()
                    .filter(member -> !isEmpty(member.getValue()))
                    .map(member -> member.getKey() + " " + member.getValue().text())
                    .collect(Collectors.joining(", "));
        }
    }
}
