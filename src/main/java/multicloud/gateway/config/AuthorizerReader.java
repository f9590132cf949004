package multicloud.gateway.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import multicloud.gateway.config.Node.Text;
import org.jspecify.annotations.Nullable;

/** Reads {@code authorizer} and the entries of {@code authorizers}: which kind each is, and then what its kind says. */
final class AuthorizerReader {
    private static final String JWT = "jwt";

    /** Where there is no type, and where it is a reference, {@code jwt} is meant. */
    private static final Kind OTHERWISE =
            new Kind(JwtReader.KEYS, (authorizer, alias, findings) -> new JwtReader(findings).read(authorizer, alias));

    private static final Map<String, Kind> KINDS = Map.of(
            JWT,
            OTHERWISE,
            "auth0",
            new Kind(
                    LoginReader.AUTH0,
                    (authorizer, alias, findings) -> new LoginReader(findings).auth0(authorizer, alias)),
            "oidc",
            new Kind(
                    LoginReader.OIDC,
                    (authorizer, alias, findings) -> new LoginReader(findings).oidc(authorizer, alias)),
            "supabase",
            new Kind(
                    SupabaseReader.KEYS,
                    (authorizer, alias, findings) -> new SupabaseReader(findings).read(authorizer, alias)),
            "api_key",
            new Kind(
                    ApiKeyReader.KEYS,
                    (authorizer, alias, findings) -> new ApiKeyReader(findings).read(authorizer, alias)),
            "iam",
            new Kind(IamReader.KEYS, (authorizer, alias, findings) -> new IamReader(findings).read(authorizer, alias)));

    static final List<String> TYPES = List.of(JWT, "auth0", "oidc", "supabase", "api_key", "iam");

    private final Findings findings;

    /** The keys of a type of authorizer, and its reader. */
    private record Kind(Keys keys, KindReader reader) {}

    /** Reads an authorizer of one type. */
    private interface KindReader {
        AuthorizerConfig read(ObjectReader authorizer, String alias, Findings findings);
    }

    /** An authorizer as read, and where its alias stands; the one of {@code authorizer} has none. */
    record Draft(
            int offset, AuthorizerConfig config, @Nullable Text alias) {}

    AuthorizerReader(Findings findings) {
        this.findings = findings;
    }

    /** All there are, {@code authorizer} first. */
    List<Draft> read(ObjectReader document) {
        List<Draft> drafts = new ArrayList<>();
        Node own = document.value("authorizer");
        if (own != null) {
            drafts.add(read(own, false));
        }
        for (Node item : document.items("authorizers")) {
            drafts.add(read(item, true));
        }
        return drafts;
    }

    /** One of them; its type decides which keys it has, and how they are read. */
    private Draft read(Node value, boolean named) {
        Text type = value instanceof Node.Obj object && object.get("type") instanceof Text text ? text : null;
        Kind kind = type == null || type.origin() != null ? OTHERWISE : KINDS.getOrDefault(type.value(), OTHERWISE);
        return read(kind, reader(value, kind.keys(), named), named);
    }

    private Draft read(Kind kind, ObjectReader authorizer, boolean named) {
        Text alias = alias(authorizer, named);
        return new Draft(authorizer.offset(), kind.reader().read(authorizer, name(alias, named), findings), alias);
    }

    private ObjectReader reader(Node value, Keys keys, boolean named) {
        ObjectReader authorizer = ObjectReader.of(value, named ? keys.and("alias") : keys, findings);
        authorizer.require("type");
        boolean reference = authorizer.value("type") instanceof Text type && type.origin() != null;
        authorizer.word("type", reference ? List.of(JWT) : TYPES);
        return authorizer;
    }

    private static @Nullable Text alias(ObjectReader authorizer, boolean named) {
        if (!named) {
            return null;
        }
        authorizer.require("alias");
        return authorizer.name("alias");
    }

    private static String name(@Nullable Text alias, boolean named) {
        if (!named) {
            return AuthorizerConfig.DEFAULT;
        }
        return alias == null ? "" : alias.value();
    }
}
