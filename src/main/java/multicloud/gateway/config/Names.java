package multicloud.gateway.config;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Names as messages show them, and the known name that somebody may have meant. */
final class Names {
    private static final int LONGEST_SHOWN = 80;
    private static final int LONGEST_COMPARED = 40;

    private Names() {}

    /** The text in quotes, cut to a readable length, with nothing in it that could break a line. */
    static String quoted(String text) {
        return '"' + shortened(text).replace("\"", "\\\"") + '"';
    }

    /** The text cut to a readable length, with nothing in it that could break a line. */
    static String shortened(String text) {
        boolean cut = text.codePointCount(0, text.length()) > LONGEST_SHOWN;
        return cut ? visible(text.substring(0, text.offsetByCodePoints(0, LONGEST_SHOWN))) + "…" : visible(text);
    }

    /** The text with escapes in place of control characters, line separators and other characters that are not seen. */
    static String visible(String text) {
        StringBuilder visible = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int type = Character.getType(c);
            boolean unseen = type == Character.CONTROL
                    || type == Character.FORMAT
                    || type == Character.LINE_SEPARATOR
                    || type == Character.PARAGRAPH_SEPARATOR;
            if (unseen) {
                visible.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                visible.append(c);
            }
        }
        return visible.toString();
    }

    /** {@code ; did you mean "paths"?}, or nothing when no known name is near. */
    static String hint(String name, Collection<String> known) {
        String nearest = nearest(name, known);
        return nearest == null ? "" : "; did you mean " + quoted(nearest) + "?";
    }

    /** The known name with the fewest edits between, when they are few for its length; case and underscores count for nothing. */
    static @Nullable String nearest(String name, Collection<String> known) {
        if (name.length() > LONGEST_COMPARED) {
            return null;
        }
        String given = plain(name);
        String nearest = null;
        int fewest = 2 + given.length() / 4;
        for (String candidate : known) {
            if (candidate.length() <= LONGEST_COMPARED) {
                int edits = edits(given, plain(candidate));
                if (edits < fewest && edits < candidate.length()) {
                    nearest = candidate;
                    fewest = edits;
                }
            }
        }
        return nearest;
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "");
    }

    /** Insertions, deletions, replacements and swaps of neighbours (optimal string alignment). */
    private static int edits(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                cost[i][j] = i == 0 || j == 0 ? i + j : cheapest(cost, a, b, i, j);
            }
        }
        return cost[a.length()][b.length()];
    }

    private static int cheapest(int[][] cost, String a, String b, int i, int j) {
        int replaced = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int best = Math.min(replaced, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
    }
}
