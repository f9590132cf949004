package multicloud.gateway.config;

import java.util.ArrayList;
import java.util.List;

/**
 * The keys of one kind of object.
 *
 * @param known those this version does
 * @param later those of the language whose turn has not come
 */
record Keys(List<String> known, List<String> later) {

    static Keys of(String... known) {
        return new Keys(List.of(known), List.of());
    }

    /** These, and some more that are known. */
    Keys and(String... more) {
        List<String> all = new ArrayList<>(known);
        all.addAll(List.of(more));
        return new Keys(List.copyOf(all), later);
    }

    Keys later(String... names) {
        return new Keys(known, List.of(names));
    }

    /** Reports every member whose key is not known. */
    void check(Node.Obj object, Findings findings) {
        for (Node.Member member : object.members()) {
            String key = member.key();
            if (known.contains(key)) {
                continue;
            }
            if (findings.isFull()) {
                findings.error(Rule.UNKNOWN_KEY, member.offset(), "unknown key");
            } else if (later.contains(key)) {
                findings.error(
                        Rule.UNSUPPORTED,
                        member.offset(),
                        Names.quoted(key) + " is not supported yet" + Migration.hint(key));
            } else {
                findings.error(Rule.UNKNOWN_KEY, member.offset(), "unknown key " + Names.quoted(key) + hint(key));
            }
        }
    }

    /** The key that was probably meant, or all there are. */
    private String hint(String key) {
        List<String> all = new ArrayList<>(known);
        all.addAll(later);
        String hint = Names.hint(key, all);
        return hint.isEmpty() ? "; known here: " + String.join(", ", known) : hint;
    }
}
