package multicloud.gateway.cli;

import java.io.PrintStream;
import java.util.List;
import multicloud.gateway.config.Problem;
import multicloud.gateway.config.Problem.Severity;

/**
 * Shows the problems of a file on a terminal: each as in a pipe, and below it the line it is about, with a caret under its column.
 * Problems of one line share that line. Of very many problems only the first are shown with their lines.
 *
 * <p>What is shown is the file's own text, so never what a reference stands for.
 */
final class ProblemScreen {
    /** More lines of a file than these nobody reads in one go. */
    private static final int MOST_EXCERPTS = 20;

    private static final String BAR = " | ";

    private final PrintStream out;
    private final Style style;
    private final int width;

    ProblemScreen(Console console) {
        this.out = console.out();
        this.style = console.style();
        this.width = console.width();
    }

    /** Prints problems in the order in which they are in the file. */
    void print(String name, byte[] file, List<Problem> problems) {
        int margin = problems.isEmpty()
                ? 0
                : String.valueOf(problems.getLast().line()).length();
        SourceLine line = SourceLine.first(file);
        int number = 1;
        int shown = 0;
        for (int excerpts = 0; shown < problems.size() && excerpts < MOST_EXCERPTS; excerpts++) {
            Problem first = problems.get(shown);
            for (; number < first.line(); number++) {
                line = line.next();
            }
            Excerpt excerpt = Excerpt.around(line, first.column() - 1, width - margin - BAR.length());
            int end = endOfGroup(problems, shown, excerpt);
            List<Problem> group = problems.subList(shown, end);
            group.forEach(problem -> out.println(heading(name, problem)));
            out.println(style.dim(String.format("%" + margin + "d", number) + BAR) + excerpt.text());
            out.println(style.dim(" ".repeat(margin) + BAR) + carets(group, excerpt));
            out.println();
            shown = end;
        }
        problems.subList(shown, problems.size()).forEach(problem -> out.println(heading(name, problem)));
    }

    /** Behind the problems that are in the same excerpt as the one at {@code from}. */
    private static int endOfGroup(List<Problem> problems, int from, Excerpt excerpt) {
        int end = from + 1;
        while (end < problems.size()
                && problems.get(end).line() == problems.get(from).line()
                && excerpt.shows(problems.get(end).column() - 1)) {
            end++;
        }
        return end;
    }

    private String heading(String name, Problem problem) {
        return style.bold(name + ":" + problem.line() + ":" + problem.column() + ":") + " "
                + coloured(problem.severity().label() + ":", problem.severity()) + " " + problem.message() + " "
                + style.dim("(" + problem.place() + ")");
    }

    private String carets(List<Problem> group, Excerpt excerpt) {
        StringBuilder carets = new StringBuilder();
        int at = 0;
        for (Problem problem : group) {
            int column = excerpt.columnsBefore(problem.column() - 1);
            if (column >= at) {
                carets.repeat(' ', column - at).append(coloured("^", problem.severity()));
                at = column + 1;
            }
        }
        return carets.toString();
    }

    private String coloured(String text, Severity severity) {
        return switch (severity) {
            case ERROR -> style.red(text);
            case WARNING -> style.yellow(text);
        };
    }
}
