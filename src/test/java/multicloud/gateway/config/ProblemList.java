package multicloud.gateway.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import multicloud.gateway.config.ProblemExample.Section;

/** The examples as tables of the documentation, between two marks of its page. */
final class ProblemList {
    static final Path PAGE = Path.of("docs/configuration.md");

    private static final String BEGIN =
            "<!-- From src/test/resources/config/examples: ./mvnw -q test -Dtest=ProblemExamplesTest -Ddocs.write -->\n";
    private static final String END = "<!-- End of the examples -->\n";
    private static final Pattern BACKTICKS = Pattern.compile("`+");

    private ProblemList() {}

    /** The page with what stands between its marks replaced. */
    static String into(String page, List<Section> sections) {
        int from = page.indexOf(BEGIN) + BEGIN.length();
        int to = page.indexOf(END);
        if (from < BEGIN.length() || to < from) {
            throw new IllegalArgumentException(PAGE + " has no place for the list");
        }
        StringBuilder list = new StringBuilder();
        sections.forEach(section -> append(section, list));
        return page.substring(0, from) + list + "\n" + page.substring(to);
    }

    private static void append(Section section, StringBuilder list) {
        list.append("\n### ").append(section.title()).append("\n\n| problem | wrong | right |\n|---|---|---|\n");
        for (ProblemExample example : section.examples()) {
            list.append("| ")
                    .append(code(example.said().replaceFirst("^error: ", "")))
                    .append(with(example.values()))
                    .append(" | ")
                    .append(code(example.wrong()))
                    .append(" | ")
                    .append(code(example.right()))
                    .append(" |\n");
        }
    }

    private static String with(Map<String, String> values) {
        StringBuilder with = new StringBuilder();
        values.forEach((name, value) -> with.append(with.isEmpty() ? "<br>where " : ", ")
                .append(code(name))
                .append(value.isEmpty() ? " is empty" : " is " + code(value)));
        return with.toString();
    }

    /** A code span that nothing in the text ends, in the cell of a table. */
    private static String code(String text) {
        int longest = BACKTICKS
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .mapToInt(String::length)
                .max()
                .orElse(0);
        String fence = "`".repeat(longest + 1);
        return fence + text.replace("|", "\\|") + fence;
    }
}
