package multicloud.gateway.config;

/** A place in a document that only moves forward. Lines end with LF, CR LF or CR; a column is a character, whatever its bytes. */
final class Position {
    private final byte[] document;
    private int offset;
    private int line = 1;
    private int column = 1;

    Position(byte[] document) {
        this.document = document;
    }

    /** Goes on to a byte of the document, or to its end. */
    void moveTo(int target) {
        for (int end = Math.min(target, document.length); offset < end; offset++) {
            byte b = document[offset];
            if (b == '\n' || (b == '\r' && !(offset + 1 < document.length && document[offset + 1] == '\n'))) {
                line++;
                column = 1;
            } else if ((b & 0xc0) != 0x80) {
                column++;
            }
        }
    }

    /** From 1. */
    int line() {
        return line;
    }

    /** From 1, in characters. */
    int column() {
        return column;
    }
}
