package multicloud.gateway.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A character of a file as a terminal shows it: a tab as spaces, and what cannot be seen, or could steer the terminal, as an
 * escape.
 *
 * @param text what is printed
 * @param width how many columns of the terminal that takes
 */
record Glyph(String text, int width) {
    private static final Glyph TAB = new Glyph("    ", 4);

    /** First and last of the ranges that take two columns (Unicode, UAX #11, wide and fullwidth), but for emoji. */
    private static final int[][] WIDE = {
        {0x1100, 0x115f},
        {0x2e80, 0x303e},
        {0x3041, 0xa4cf},
        {0xa960, 0xa97f},
        {0xac00, 0xd7a3},
        {0xf900, 0xfaff},
        {0xfe10, 0xfe19},
        {0xfe30, 0xfe6f},
        {0xff01, 0xff60},
        {0xffe0, 0xffe6},
        {0x16fe0, 0x18aff},
        {0x1aff0, 0x1b2ff},
        {0x20000, 0x3fffd}
    };

    /** The most bytes a character has in UTF-8. */
    private static final int LONGEST = 4;

    /** The character these bytes are in UTF-8; bytes that are none are shown one by one, as many as one could have. */
    static Glyph of(byte[] file, int from, int to) {
        try {
            String text = UTF_8.newDecoder()
                    .decode(ByteBuffer.wrap(file, from, to - from))
                    .toString();
            if (text.codePointCount(0, text.length()) == 1) {
                return of(text.codePointAt(0));
            }
        } catch (CharacterCodingException e) {
            return escaped(file, from, to);
        }
        return escaped(file, from, to);
    }

    /** A whole text as a terminal shows it. */
    static String shown(String text) {
        return text.codePoints().mapToObj(Glyph::of).map(Glyph::text).collect(Collectors.joining());
    }

    private static Glyph of(int character) {
        if (character == '\t') {
            return TAB;
        }
        return isUnseen(character)
                ? narrow(String.format(Locale.ROOT, "\\u%04x", character))
                : new Glyph(Character.toString(character), width(character));
    }

    private static Glyph escaped(byte[] file, int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int i = from; i < Math.min(to, from + LONGEST); i++) {
            if (file[i] > ' ') {
                text.append((char) file[i]);
            } else {
                text.append(String.format(Locale.ROOT, "\\x%02x", file[i]));
            }
        }
        return narrow(text.toString());
    }

    private static Glyph narrow(String ascii) {
        return new Glyph(ascii, ascii.length());
    }

    private static boolean isUnseen(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            case Character.SPACE_SEPARATOR -> character != ' ';
            default -> false;
        };
    }

    private static int width(int character) {
        int type = Character.getType(character);
        boolean joinsTheOneBefore = type == Character.NON_SPACING_MARK
                || type == Character.ENCLOSING_MARK
                || (character >= 0x1160 && character <= 0x11ff);
        if (joinsTheOneBefore) {
            return 0;
        }
        return isWide(character) ? 2 : 1;
    }

    private static boolean isWide(int character) {
        if (Character.isEmojiPresentation(character)) {
            return true;
        }
        for (int[] range : WIDE) {
            if (character >= range[0] && character <= range[1]) {
                return true;
            }
        }
        return false;
    }
}
