package multicloud.gateway.cli;

/**
 * A line of a file, or, when that is longer than there is room, the stretch of it around one of its characters.
 *
 * @param from the first character shown, from 0
 * @param to behind the last
 */
record Excerpt(SourceLine line, int from, int to) {
    private static final String CUT = "…";

    /** As much around the character at an index as fits; the index behind the last character is the line's end. */
    static Excerpt around(SourceLine line, int index, int room) {
        int most = room - 2 * CUT.length();
        int at = Math.min(index, line.length());
        int from = at;
        int to = at;
        int used = 0;
        while (from > 0 && used + cost(line, from - 1) <= most / 2) {
            used += cost(line, --from);
        }
        while (to < line.length() && used + cost(line, to) <= most) {
            used += cost(line, to++);
        }
        while (from > 0 && used + cost(line, from - 1) <= most) {
            used += cost(line, --from);
        }
        while (from > 0 && from < at && line.glyph(from).width() == 0) {
            from++;
        }
        return new Excerpt(line, from, to);
    }

    /** Whether the character at an index, or the line's end, is in it. */
    boolean shows(int index) {
        return index >= from && (index < to || to == line.length());
    }

    String text() {
        StringBuilder text = new StringBuilder(from > 0 ? CUT : "");
        for (int i = from; i < to; i++) {
            text.append(line.glyph(i).text());
        }
        return text.append(to < line.length() ? CUT : "").toString();
    }

    /** How many columns of the terminal are left of the character at an index. */
    int columnsBefore(int index) {
        int columns = from > 0 ? CUT.length() : 0;
        for (int i = from; i < Math.min(index, to); i++) {
            columns += line.glyph(i).width();
        }
        return columns;
    }

    /** The room a character takes; at least one column, so that marks without a width of their own come to an end too. */
    private static int cost(SourceLine line, int index) {
        return Math.max(1, line.glyph(index).width());
    }
}
