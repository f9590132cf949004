package multicloud.gateway.config;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/** Holds a document to UTF-8 (RFC 3629) without byte order mark (RFC 8259, section 8.1). */
final class Encoding {
    private static final int CHUNK = 8192;

    private Encoding() {}

    /** How many bytes of the document are text; what stops it there is reported. */
    static int validUpTo(byte[] document, Findings findings) {
        int end = wellFormed(document);
        if (end < document.length) {
            findings.error(Rule.ENCODING, end, "the document is not UTF-8: the byte here begins no character", "");
        }
        for (int i = 0; i < end; i++) {
            if (document[i] == 0) {
                findings.error(Rule.ENCODING, i, "a zero byte: the document must be UTF-8 text, is it UTF-16?", "");
                return i;
            }
        }
        if (end >= 3 && (document[0] & 0xff) == 0xef && (document[1] & 0xff) == 0xbb && (document[2] & 0xff) == 0xbf) {
            findings.error(Rule.ENCODING, 0, "a byte order mark: save the document as UTF-8 without it", "");
        }
        return end;
    }

    /** Whether the text holds a surrogate that has no partner, which an escape in JSON can bring about. */
    static boolean hasLoneSurrogate(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                boolean pair = Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                if (!pair) {
                    return true;
                }
                i++;
            }
        }
        return false;
    }

    private static int wellFormed(byte[] document) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer bytes = ByteBuffer.wrap(document);
        CharBuffer chars = CharBuffer.allocate(CHUNK);
        CoderResult result = decoder.decode(bytes, chars, true);
        while (result.isOverflow()) {
            chars.clear();
            result = decoder.decode(bytes, chars, true);
        }
        return bytes.position();
    }
}
