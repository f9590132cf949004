package multicloud.gateway.config;

import java.math.BigDecimal;
import java.util.List;
import multicloud.gateway.config.Node.Arr;
import multicloud.gateway.config.Node.Bool;
import multicloud.gateway.config.Node.Member;
import multicloud.gateway.config.Node.Num;
import multicloud.gateway.config.Node.Obj;
import multicloud.gateway.config.Node.Text;
import org.jspecify.annotations.Nullable;

/**
 * Reads the members of one object by their keys and types. Whatever does not fit is reported, and the caller goes on with nothing
 * or a default: a document with errors is refused in the end.
 */
final class ObjectReader {
    /** What is said of a secret that the log would show. */
    static final String SECRET_AS_NAME = "a secret cannot stand here, where the log would show it: use $env";

    private final Obj object;
    private final Findings findings;

    private ObjectReader(Obj object, Findings findings) {
        this.object = object;
        this.findings = findings;
    }

    /** A reader of the value, which reports its unknown keys; of an empty object when it is none. */
    static ObjectReader of(Node value, Keys keys, Findings findings) {
        ObjectReader reader = of(value, findings);
        keys.check(reader.object, findings);
        return reader;
    }

    /** A reader of an object whose keys are free. */
    static ObjectReader of(Node value, Findings findings) {
        if (value instanceof Obj object) {
            return new ObjectReader(object, findings);
        }
        findings.wrongType(value, "an object");
        return new ObjectReader(new Obj(value.offset(), List.of(), false), findings);
    }

    int offset() {
        return object.offset();
    }

    /** Where a key's value begins; where the object does, when it is not there. */
    int offset(String key) {
        Node value = value(key);
        return value == null ? offset() : value.offset();
    }

    List<Member> members() {
        return object.members();
    }

    boolean has(String key) {
        return object.member(key) != null;
    }

    @Nullable
    Node value(String key) {
        return object.get(key);
    }

    /** Reports a key that is not there, unless the document broke off before it could be. */
    void require(String key) {
        if (object.complete() && !has(key)) {
            findings.error(Rule.MISSING_KEY, offset(), Names.quoted(key) + " is missing");
        }
    }

    /** Whether nothing more can come in this object. */
    boolean isComplete() {
        return object.complete();
    }

    /** Reports a key that cannot stand here, for the reason that follows it in the message. */
    void exclude(String key, String reason) {
        Member member = object.member(key);
        if (member != null) {
            findings.error(Rule.CONFLICT, member.offset(), Names.quoted(key) + " " + reason);
        }
    }

    /** A string, or null. */
    @Nullable
    Text text(String key) {
        return text(key, "a string");
    }

    /** A string, or null; {@code expected} is what a message asks for in place of another type. */
    @Nullable
    Text text(String key, String expected) {
        Node value = value(key);
        return value == null ? null : text(value, expected);
    }

    /** The value as a string, or null. */
    @Nullable
    Text text(Node value, String expected) {
        if (value instanceof Text text) {
            return text;
        }
        findings.wrongType(value, expected);
        return null;
    }

    /** A string that is not empty, or null. */
    @Nullable
    Text filled(String key) {
        Text text = text(key);
        if (text != null && text.value().isEmpty()) {
            findings.unfit(text, Rule.VALUE, "a name", Names.quoted(key) + " is empty: expected a name");
        }
        return text;
    }

    /** A string that is not empty and may stand in the log, or null. */
    @Nullable
    Text name(String key) {
        Text text = filled(key);
        if (text != null && text.isSecret()) {
            findings.error(Rule.SECRET_AS_NAME, text.offset(), SECRET_AS_NAME);
        }
        return text;
    }

    /** A jurisdiction; reported where it is a reference, for then the document alone would prove nothing. */
    @Nullable
    Text jurisdiction(@Nullable Node value) {
        Text text = value == null ? null : text(value, "a jurisdiction such as \"eu\"");
        if (text != null && text.origin() != null) {
            findings.error(
                    Rule.REFERENCE,
                    text.offset(),
                    "a jurisdiction is written out: the document alone must prove where requests may go");
            return null;
        }
        return text;
    }

    /** One of the words, or the first of them. */
    String word(String key, List<String> words) {
        Node value = value(key);
        if (value == null) {
            return words.getFirst();
        }
        if (!(value instanceof Text text)) {
            findings.wrongType(value, alternatives(words));
            return words.getFirst();
        }
        if (!text.isOpaque() && !words.contains(text.value())) {
            String expected = alternatives(words);
            String message = "expected " + expected + ", found " + text.shown();
            findings.unfit(text, Rule.VALUE, expected, message + Names.hint(text.value(), words));
        }
        return text.value();
    }

    /** A whole number within bounds, or the default. */
    int integer(String key, int least, int most, int otherwise) {
        Node value = value(key);
        if (value == null) {
            return otherwise;
        }
        String expected = "a whole number from " + least + " to " + most;
        if (!(value instanceof Num number)) {
            findings.wrongType(value, expected);
            return otherwise;
        }
        BigDecimal given = decimal(number.literal());
        if (given == null
                || given.compareTo(BigDecimal.valueOf(least)) < 0
                || given.compareTo(BigDecimal.valueOf(most)) > 0
                || given.stripTrailingZeros().scale() > 0) {
            findings.error(
                    Rule.VALUE, value.offset(), "expected " + expected + ", found " + shortened(number.literal()));
            return otherwise;
        }
        return given.intValue();
    }

    /** A share of one: a number up to 1, or the default. */
    double share(String key, double otherwise, boolean zero) {
        Node value = value(key);
        if (value == null) {
            return otherwise;
        }
        String expected = zero ? "a share from 0 to 1, such as 0.2" : "a share above 0 and up to 1, such as 0.1";
        if (!(value instanceof Num number)) {
            findings.wrongType(value, expected);
            return otherwise;
        }
        BigDecimal given = decimal(number.literal());
        if (given == null
                || given.compareTo(BigDecimal.ONE) > 0
                || given.signum() < 0
                || (given.signum() == 0 && !zero)) {
            findings.error(
                    Rule.VALUE, value.offset(), "expected " + expected + ", found " + shortened(number.literal()));
            return otherwise;
        }
        return given.doubleValue();
    }

    /** The number, or null when its exponent is beyond all use. */
    private static @Nullable BigDecimal decimal(String literal) {
        try {
            return new BigDecimal(literal);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** {@code true} or {@code false}, or the default. */
    boolean flag(String key, boolean otherwise) {
        Node value = value(key);
        if (value == null) {
            return otherwise;
        }
        if (value instanceof Bool flag) {
            return flag.value();
        }
        findings.wrongType(value, "true or false");
        return otherwise;
    }

    /** An object, or null when it is not there. */
    @Nullable
    ObjectReader object(String key, Keys keys) {
        Node value = value(key);
        return value == null ? null : of(value, keys, findings);
    }

    /** An object whose keys are free; an empty one when it is not there. */
    List<Member> entries(String key) {
        Node value = value(key);
        return value == null ? List.of() : of(value, findings).members();
    }

    /** An array; an empty one when it is not there. */
    List<Node> items(String key) {
        Node value = value(key);
        if (value == null) {
            return List.of();
        }
        if (value instanceof Arr array) {
            return array.items();
        }
        findings.wrongType(value, "an array");
        return List.of();
    }

    /** An array with something in it; an empty one when it is not there. */
    List<Node> someItems(String key) {
        List<Node> items = items(key);
        if (value(key) instanceof Arr array && array.complete() && items.isEmpty()) {
            findings.error(Rule.VALUE, array.offset(), Names.quoted(key) + " is empty: expected at least one entry");
        }
        return items;
    }

    /** The words as a message lists them: {@code "a", "b" or "c"}. */
    static String alternatives(List<String> words) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < words.size(); i++) {
            text.append(i == 0 ? "" : i < words.size() - 1 ? ", " : " or ").append(Names.quoted(words.get(i)));
        }
        return text.toString();
    }

    private static String shortened(String literal) {
        return literal.length() <= 40 ? literal : literal.substring(0, 40) + "…";
    }
}
