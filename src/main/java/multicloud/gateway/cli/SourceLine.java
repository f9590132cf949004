package multicloud.gateway.cli;

import java.util.Arrays;

/** A line of a file, character by character as problems count their columns: lines end with LF, CR LF or CR, and so does the file. */
final class SourceLine {
    private final byte[] file;
    private final int next;

    /** Where each character begins, and where the last one ends. */
    private final int[] starts;

    private SourceLine(byte[] file, int[] starts, int next) {
        this.file = file;
        this.starts = starts;
        this.next = next;
    }

    static SourceLine first(byte[] file) {
        return at(file, 0);
    }

    /** The line behind this one; an empty one at the file's end. */
    SourceLine next() {
        return at(file, next);
    }

    private static SourceLine at(byte[] file, int from) {
        int end = from;
        while (end < file.length && file[end] != '\n' && file[end] != '\r') {
            end++;
        }
        int[] starts = new int[end - from + 1];
        int count = 0;
        for (int i = from; i < end; i++) {
            boolean continues = (file[i] & 0xc0) == 0x80;
            if (i == from || !continues) {
                starts[count++] = i;
            }
        }
        starts[count++] = end;
        boolean both = end + 1 < file.length && file[end] == '\r' && file[end + 1] == '\n';
        return new SourceLine(file, Arrays.copyOf(starts, count), Math.min(file.length, both ? end + 2 : end + 1));
    }

    /** How many characters it has. */
    int length() {
        return starts.length - 1;
    }

    /** The character at an index, from 0. */
    Glyph glyph(int index) {
        return Glyph.of(file, starts[index], starts[index + 1]);
    }
}
