package multicloud.gateway.cli;

import java.util.ArrayList;
import java.util.List;

/** Rows of text in aligned columns, without those that are empty in every row. */
final class Table {
    private static final String GAP = "  ";

    private final List<String> heads;
    private final List<List<String>> rows = new ArrayList<>();

    Table(String... heads) {
        this.heads = List.of(heads);
    }

    void row(String... cells) {
        rows.add(List.of(cells));
    }

    /** The heading, dimmed, and the rows. */
    List<String> lines(Style style) {
        List<String> lines = new ArrayList<>();
        lines.add(style.dim(line(heads)));
        rows.forEach(row -> lines.add(line(row)));
        return lines;
    }

    private String line(List<String> cells) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < cells.size(); column++) {
            int width = width(column);
            if (width > 0) {
                String cell = cells.get(column);
                line.append(cell).repeat(' ', width - cell.length()).append(GAP);
            }
        }
        return line.toString().stripTrailing();
    }

    /** The width of a column with its heading; 0 when nothing stands below that. */
    private int width(int column) {
        int widest =
                rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
        return widest == 0 ? 0 : Math.max(widest, heads.get(column).length());
    }
}
