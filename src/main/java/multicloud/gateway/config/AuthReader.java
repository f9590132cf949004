package multicloud.gateway.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import multicloud.gateway.config.Node.Bool;
import multicloud.gateway.config.Node.Member;
import multicloud.gateway.config.Node.Null;
import multicloud.gateway.config.Node.Text;
import org.jspecify.annotations.Nullable;

/** Reads {@code auth} of the document or of a path. */
final class AuthReader {
    static final Keys KEYS = Keys.of("authorizer", "scopes", "claims");
    private static final String EXPECTED = "true, false, null or an object";

    private final Findings findings;

    AuthReader(Findings findings) {
        this.findings = findings;
    }

    /**
     * What is demanded.
     *
     * @param config null where everybody is let in
     * @param offset where it is said, for what is wrong with the name
     * @param authorizer the alias as written; null where it is the default one's
     */
    record Draft(
            @Nullable AuthConfig config,
            int offset,
            @Nullable Text authorizer) {
        static final Draft OPEN = new Draft(null, 0, null);
    }

    /** What the object says, else the default. */
    Draft read(ObjectReader owner, Draft otherwise) {
        Node value = owner.value("auth");
        return switch (value) {
            case null -> otherwise;
            case Bool flag ->
                flag.value()
                        ? new Draft(new AuthConfig(AuthorizerConfig.DEFAULT, List.of(), Map.of()), flag.offset(), null)
                        : Draft.OPEN;
            case Null nothing -> Draft.OPEN;
            case Node.Obj object -> demanding(ObjectReader.of(object, KEYS, findings));
            case Text text -> wrong(text);
            case Node.Num number -> wrong(number);
            case Node.Arr array -> wrong(array);
        };
    }

    private Draft wrong(Node value) {
        findings.wrongType(value, EXPECTED);
        return Draft.OPEN;
    }

    private Draft demanding(ObjectReader auth) {
        Text authorizer = auth.name("authorizer");
        String alias = authorizer == null ? AuthorizerConfig.DEFAULT : authorizer.value();
        int offset = authorizer == null ? auth.offset() : authorizer.offset();
        return new Draft(new AuthConfig(alias, scopes(auth), claims(auth)), offset, authorizer);
    }

    /** The words of {@code scopes}. */
    List<String> scopes(ObjectReader auth) {
        List<String> scopes = new ArrayList<>();
        for (Node item : auth.items("scopes")) {
            Text text = auth.text(item, "a scope");
            if (text == null) {
                continue;
            }
            boolean token = text.value().chars().allMatch(c -> c > ' ' && c < 0x7f && c != '"' && c != '\\');
            if (!text.isOpaque() && (!token || text.value().isEmpty())) {
                findings.unfit(
                        text,
                        Rule.VALUE,
                        "a scope",
                        text.shown() + " is no scope: one is a word without spaces, quotes and backslashes");
            }
            scopes.add(text.value());
        }
        return scopes;
    }

    private Map<String, List<String>> claims(ObjectReader auth) {
        Map<String, List<String>> claims = new LinkedHashMap<>();
        for (Member member : auth.entries("claims")) {
            claims.putIfAbsent(member.key(), values(auth, member));
        }
        return claims;
    }

    private List<String> values(ObjectReader auth, Member claim) {
        if (!(claim.value() instanceof Node.Arr array)) {
            findings.wrongType(claim.value(), "an array of the values that are let in");
            return List.of();
        }
        if (array.complete() && array.items().isEmpty()) {
            findings.error(
                    Rule.VALUE,
                    array.offset(),
                    Names.quoted(claim.key()) + " is empty: expected at least one value that is let in");
        }
        List<String> values = new ArrayList<>();
        for (Node item : array.items()) {
            Text text = auth.text(item, "a string");
            if (text != null) {
                values.add(text.value());
            }
        }
        return values;
    }
}
