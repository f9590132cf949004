package multicloud.gateway.cli.diff;

import java.util.ArrayList;
import java.util.List;
import multicloud.gateway.cli.diff.Facts.Group;
import multicloud.gateway.cli.diff.Facts.Some;
import org.jspecify.annotations.Nullable;

/** Says what a setting is and was, in sentences without subject. */
final class Wording {
    /** More of a value than this says nothing to a person; programs get all of it. */
    private static final int LONGEST = 120;

    private Wording() {}

    /** What has become of a setting; at most one of the two is null. */
    static String of(String setting, @Nullable Facts before, @Nullable Facts after) {
        return switch (setting) {
            case "auth" -> auth(before, after);
            case "auth.authorizer" -> "lets in whom " + text(after) + " knows, was " + text(before);
            case "residency" -> residency(before, after);
            case "integration" -> end(after) + "; it " + was(end(before));
            case "server", "integration.server" -> "goes to " + text(after) + ", was " + text(before);
            case "secret", "keys.secret" -> "another secret: " + text(after) + ", was " + text(before);
            default -> plain(setting.replace("integration.", ""), before, after);
        };
    }

    /** Whom a route lets in. */
    static String auth(@Nullable Facts auth) {
        return auth instanceof Group group
                ? "lets in only whom " + group.text("authorizer") + " knows" + conditions(group)
                : "lets everybody in";
    }

    /** What a route ends in. */
    static String end(@Nullable Facts integration) {
        if (!(integration instanceof Group group)) {
            return "goes nowhere";
        }
        String server = group.text("server");
        if (server != null) {
            String rewrite = group.text("rewrite");
            return "goes to " + server + (rewrite == null ? "" : " " + rewrite);
        }
        String status = group.text("status");
        return status == null ? "ends in " + group.text() : "answers " + status;
    }

    /** The same in the past. */
    static String was(String sentence) {
        return sentence.replaceFirst("^goes", "went")
                .replaceFirst("^answers", "answered")
                .replaceFirst("^ends", "ended")
                .replaceFirst("^lets", "let");
    }

    /** A server by its targets; anything else by all that it says. */
    static String thing(Group facts) {
        Facts targets = facts.get("targets");
        return targets instanceof Group ? targets.text() : facts.text();
    }

    private static String conditions(Group auth) {
        StringBuilder conditions = new StringBuilder();
        if (auth.get("scopes") instanceof Some(List<String> scopes) && !scopes.isEmpty()) {
            conditions.append(", with ").append(String.join(" ", scopes));
        }
        if (auth.get("claims") instanceof Group claims && !claims.members().isEmpty()) {
            conditions.append(", with ").append(claims.text());
        }
        return conditions.toString();
    }

    private static String auth(@Nullable Facts before, @Nullable Facts after) {
        return auth(after) + "; it " + was(auth(before));
    }

    private static String residency(@Nullable Facts before, @Nullable Facts after) {
        if (after == null) {
            return "its requests may reach any jurisdiction; they were held to " + text(before);
        }
        return before == null
                ? "its requests are held to " + text(after) + "; they could reach any jurisdiction"
                : plain("residency", before, after);
    }

    private static String plain(String setting, @Nullable Facts before, @Nullable Facts after) {
        if (before == null) {
            return setting + ": " + text(after) + ", was not set";
        }
        if (after == null) {
            return setting + ": no longer set, was " + text(before);
        }
        if (before instanceof Some(List<String> was)
                && after instanceof Some(List<String> is)
                && !was.isEmpty()
                && !is.isEmpty()) {
            return setting + ": " + gainsAndLosses(was, is);
        }
        return setting + ": " + text(after) + ", was " + text(before);
    }

    private static String gainsAndLosses(List<String> before, List<String> after) {
        List<String> parts = new ArrayList<>();
        after.stream().filter(value -> !before.contains(value)).forEach(value -> parts.add(value + " added"));
        before.stream().filter(value -> !after.contains(value)).forEach(value -> parts.add(value + " gone"));
        return String.join(", ", parts);
    }

    private static String text(@Nullable Facts facts) {
        String text = facts == null ? "none" : facts.text();
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }
}
