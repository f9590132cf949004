package multicloud.gateway.cli.diff;

import static multicloud.gateway.cli.diff.Effect.EXPOSED;
import static multicloud.gateway.cli.diff.Effect.NARROWER;
import static multicloud.gateway.cli.diff.Effect.NONE;
import static multicloud.gateway.cli.diff.Effect.WIDER;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import multicloud.gateway.cli.diff.Facts.Group;
import multicloud.gateway.cli.diff.Facts.One;
import multicloud.gateway.cli.diff.Facts.Some;
import multicloud.gateway.cli.diff.Item.What;
import org.jspecify.annotations.Nullable;

/** The one list of what makes a gateway wider or narrower. */
final class Effects {
    /** The more there is of it, the more is let in. */
    private static final Set<String> MORE_IS_WIDER = Set.of(
            "limits.body",
            "keep_encoded_slashes",
            "residency",
            "cors.credentials",
            "cors.methods",
            "cors.headers",
            "cors.expose_headers",
            "audiences",
            "leeway",
            "allow_private_addresses");

    /** The more there is of it, the less is let in. */
    private static final Set<String> MORE_IS_NARROWER = Set.of("auth.scopes", "require_exp");

    /** Another one lets in somebody who was not let in before. */
    private static final Set<String> ANOTHER_IS_WIDER = Set.of("auth.authorizer", "issuer", "type", "mirror.server");

    /** What lets something happen by being there. */
    private static final Set<String> PRESENT_IS_WIDER = Set.of("cors", "mirror");

    private static final String CLAIMS = "auth.claims.";

    /** A target that is said to lie elsewhere may be reached by paths that are held to that. */
    private static final String JURISDICTION = ".jurisdiction";

    /** A gateway that is said to lie elsewhere serves paths that are held to that. */
    private static final String OWN_JURISDICTIONS = "jurisdictions.";

    private Effects() {}

    /** What a setting's change does; at most one of the two is null. */
    static Effect of(What what, String setting, @Nullable Facts before, @Nullable Facts after) {
        Effect known = of(setting, before, after);
        boolean decidesWhoGetsIn =
                what == What.AUTHORIZER && !setting.equals("secret") && !setting.equals("keys.secret");
        return known == NONE && decidesWhoGetsIn ? byAmount(before, after) : known;
    }

    /** What is more lets in more, as far as it is known: nothing that an authorizer goes by passes unmarked. */
    private static Effect byAmount(@Nullable Facts before, @Nullable Facts after) {
        if (before instanceof Some(List<String> was) && after instanceof Some(List<String> is)) {
            return was.containsAll(is) ? NARROWER : WIDER;
        }
        return after == null ? NARROWER : WIDER;
    }

    private static Effect of(String setting, @Nullable Facts before, @Nullable Facts after) {
        if (setting.startsWith("targets.") && setting.endsWith(JURISDICTION)) {
            return after == null ? NARROWER : WIDER;
        }
        if (setting.startsWith(OWN_JURISDICTIONS)) {
            return WIDER;
        }
        if (before == null || after == null) {
            return ofPresence(setting, after != null);
        }
        return switch (before) {
            case One was when after instanceof One is -> ofValue(setting, was, is);
            case Some was when after instanceof Some is -> ofValues(setting, was.values(), is.values());
            case One was -> NONE;
            case Some was -> NONE;
            case Group was -> NONE;
        };
    }

    private static Effect ofPresence(String setting, boolean present) {
        if (setting.equals("auth") || setting.equals("residency")) {
            return present ? NARROWER : EXPOSED;
        }
        if (setting.startsWith(CLAIMS)) {
            return present ? NARROWER : WIDER;
        }
        if (PRESENT_IS_WIDER.contains(setting)) {
            return present ? WIDER : NARROWER;
        }
        return NONE;
    }

    private static Effect ofValue(String setting, One before, One after) {
        if (ANOTHER_IS_WIDER.contains(setting)) {
            return WIDER;
        }
        int more = compare(before.value(), after.value());
        if (MORE_IS_WIDER.contains(setting)) {
            return more > 0 ? WIDER : NARROWER;
        }
        if (MORE_IS_NARROWER.contains(setting)) {
            return more > 0 ? NARROWER : WIDER;
        }
        return NONE;
    }

    /** Above zero when the second is more. */
    private static int compare(Object before, Object after) {
        return switch (before) {
            case Boolean was when after instanceof Boolean is -> is.compareTo(was);
            case Integer was when after instanceof Integer is -> is.compareTo(was);
            case Long was when after instanceof Long is -> is.compareTo(was);
            case Duration was when after instanceof Duration is -> is.compareTo(was);
            default -> 0;
        };
    }

    private static Effect ofValues(String setting, List<String> before, List<String> after) {
        boolean more = !before.containsAll(after);
        if (setting.equals("cors.origins")) {
            return after.isEmpty() || more && !before.isEmpty() ? WIDER : NARROWER;
        }
        if (setting.startsWith(CLAIMS) || MORE_IS_WIDER.contains(setting)) {
            return more ? WIDER : NARROWER;
        }
        boolean fewer = !after.containsAll(before);
        return MORE_IS_NARROWER.contains(setting) ? fewer ? WIDER : NARROWER : NONE;
    }
}
