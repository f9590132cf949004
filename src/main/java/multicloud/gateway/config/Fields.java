package multicloud.gateway.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import multicloud.gateway.config.Node.Member;
import multicloud.gateway.config.Node.Text;
import multicloud.gateway.http.Grammar;

/** Reads names and values of header fields (RFC 9110, section 5). */
final class Fields {
    /** Set by the gateway or the connection, so that a document cannot. */
    private static final Set<String> OWNED = Set.of(
            "cdn-loop",
            "connection",
            "content-length",
            "expect",
            "host",
            "http2-settings",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "x-request-id");

    static final String TOKEN = ": one has letters, digits and !#$%&'*+-.^_`|~ only";

    private Fields() {}

    /** Names in lower case and exact values, as a condition has them. */
    static Map<String, String> conditions(List<Member> members, Findings findings) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (Member member : distinct(members, findings)) {
            fields.put(name(member, findings), value(member, findings));
        }
        return fields;
    }

    /** Names and values as written, as an answer has them. */
    static Map<String, String> ofAnswer(List<Member> members, Findings findings) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (Member member : settable(members, findings)) {
            fields.put(member.key(), value(member, findings));
        }
        return fields;
    }

    /** The members whose names a document may set, each once; the others are reported. */
    static List<Member> settable(List<Member> members, Findings findings) {
        List<Member> settable = distinct(members, findings);
        for (Member member : settable) {
            String lower = name(member, findings).replace('_', '-');
            if (OWNED.contains(lower) || lower.startsWith("x-amzn-") || lower.startsWith("x-forwarded-")) {
                findings.error(
                        Rule.HEADER,
                        member.offset(),
                        "the gateway sets the header " + Names.quoted(member.key()) + " itself: remove it");
            }
        }
        return settable;
    }

    /** The name, in lower case, of a field that the gateway reads and then takes off; the connection's own cannot be. */
    static String consumed(Text text, Findings findings) {
        String name = text.value().toLowerCase(Locale.ROOT);
        if (text.isSecret()) {
            findings.error(Rule.SECRET_AS_NAME, text.offset(), ObjectReader.SECRET_AS_NAME);
        } else if (!text.isOpaque() && !Grammar.isToken(name)) {
            findings.unfit(text, Rule.VALUE, "a header name", text.shown() + " is no header name" + TOKEN);
        } else if (OWNED.contains(Grammar.spelling(name))) {
            findings.unfit(
                    text, Rule.HEADER, "a header name", "the connection needs the header " + text.shown() + " itself");
        }
        return name;
    }

    /** A list of header names, or {@code *} for all. */
    static List<String> names(ObjectReader owner, String key, Findings findings) {
        List<String> names = new ArrayList<>();
        for (Node item : owner.items(key)) {
            Text text = owner.text(item, "a header name");
            if (text == null) {
                continue;
            }
            if (!text.isOpaque() && !Grammar.isToken(text.value())) {
                findings.unfit(text, Rule.VALUE, "a header name", text.shown() + " is no header name" + TOKEN);
            }
            names.add(text.value());
        }
        return names;
    }

    /** The members but for those whose name came before in another case. */
    private static List<Member> distinct(List<Member> members, Findings findings) {
        Map<String, String> spelt = new HashMap<>();
        List<Member> distinct = new ArrayList<>(members.size());
        for (Member member : members) {
            String before = spelt.putIfAbsent(member.key().toLowerCase(Locale.ROOT), member.key());
            if (before == null) {
                distinct.add(member);
            } else if (!before.equals(member.key())) {
                findings.error(
                        Rule.HEADER,
                        member.offset(),
                        "the header " + Names.quoted(member.key()) + " is there twice: case means nothing in its name");
            }
        }
        return distinct;
    }

    /** The name in lower case. */
    private static String name(Member member, Findings findings) {
        String name = member.key();
        if (!Grammar.isToken(name)) {
            refuseName(member, findings);
        }
        return name.toLowerCase(Locale.ROOT);
    }

    private static void refuseName(Member member, Findings findings) {
        findings.error(Rule.VALUE, member.offset(), Names.quoted(member.key()) + " is no header name" + TOKEN);
    }

    private static String value(Member member, Findings findings) {
        if (!(member.value() instanceof Text text)) {
            findings.wrongType(member.value(), "a string");
            return "";
        }
        String value = text.value();
        if (!text.isOpaque() && !isFieldValue(value)) {
            findings.unfit(
                    text,
                    Rule.VALUE,
                    "a header value",
                    text.shown()
                            + " is no header value: one has no control characters, none beyond U+00FF, and no space"
                            + " at its ends");
        }
        return value;
    }

    private static boolean isFieldValue(String value) {
        return Grammar.isFieldText(value)
                && (value.isEmpty() || !(isSpace(value.charAt(0)) || isSpace(value.charAt(value.length() - 1))));
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t';
    }
}
