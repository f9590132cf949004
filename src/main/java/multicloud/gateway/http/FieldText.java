package multicloud.gateway.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;

/**
 * Turns header values between text, as events and documents hold it, which is Unicode, and one char per byte, which is how messages hold them.
 *
 * <p>Outside ASCII the bytes of a text are its UTF-8, whichever characters it has: RFC 9110 (section 5.5) leaves their meaning open,
 * and UTF-8 is what today's clients and servers write. Bytes that are no UTF-8 become the characters of ISO 8859-1.
 */
public final class FieldText {
    private FieldText() {}

    /**
     * The bytes of a text, as one char each.
     *
     * @throws CharacterCodingException when it holds half of a surrogate pair
     */
    public static String toBytes(String text) throws CharacterCodingException {
        return isAscii(text) ? text : new String(utf8(text), ISO_8859_1);
    }

    /** The text of bytes given as one char each. */
    public static String toText(String bytes) {
        if (isAscii(bytes)) {
            return bytes;
        }
        try {
            return UTF_8.newDecoder()
                    .decode(ByteBuffer.wrap(bytes.getBytes(ISO_8859_1)))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            return bytes;
        }
    }

    /** The UTF-8 of a text; half a surrogate pair has none. */
    public static byte[] utf8(String text) throws CharacterCodingException {
        ByteBuffer encoded = UTF_8.newEncoder().encode(CharBuffer.wrap(text));
        byte[] bytes = new byte[encoded.remaining()];
        encoded.get(bytes);
        return bytes;
    }

    /** Whether it may be a field's value: no control character but the tab (RFC 9110, section 5.5). */
    public static boolean isValue(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' && c != '\t' || c == 0x7f) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }
}
