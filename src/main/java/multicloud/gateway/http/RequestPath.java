package multicloud.gateway.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The path of a request, proved unambiguous and decoded once (RFC 3986, section 3.3).
 *
 * <p>Matching, authorization, mapping and rewriting read the decoded segments; what is forwarded is {@link #raw}, the client's
 * own bytes. A path two servers could read differently never becomes a RequestPath. Immutable.
 */
public final class RequestPath {
    private final String raw;
    private final String decoded;
    private final int[] rawEnds;
    private final int[] decodedEnds;
    private final int count;
    private final boolean encodedSlash;

    private RequestPath(String raw, String decoded, int[] rawEnds, int[] decodedEnds, int count, boolean encodedSlash) {
        this.raw = raw;
        this.decoded = decoded;
        this.rawEnds = rawEnds;
        this.decodedEnds = decodedEnds;
        this.count = count;
        this.encodedSlash = encodedSlash;
    }

    /**
     * Reads a path as it stands in a request line.
     *
     * @throws AmbiguousPath when it is malformed, or could be read in more than one way: no leading slash, empty segments, dot
     *     segments (plain, encoded, or with parameters behind), an encoded backslash, control characters, spaces, bytes outside
     *     ASCII, broken percent escapes or bytes that are no UTF-8
     */
    public static RequestPath parse(String raw) throws AmbiguousPath {
        return new Parser(raw).parse();
    }

    /** The client's own bytes. */
    public String raw() {
        return raw;
    }

    /** How many segments there are; a trailing slash makes none, so {@code /} has 0 and {@code /a/} has 1. */
    public int count() {
        return count;
    }

    /** Whether some segment holds an encoded slash, which only a route that asks for it accepts. */
    public boolean hasEncodedSlash() {
        return encodedSlash;
    }

    /** All segments decoded, in one string; {@link #start} and {@link #end} say where each lies. */
    public String decoded() {
        return decoded;
    }

    /** Where segment {@code index} begins in {@link #decoded}. */
    public int start(int index) {
        return index == 0 ? 1 : decodedEnds[index - 1] + 1;
    }

    /** Where segment {@code index} ends in {@link #decoded}. */
    public int end(int index) {
        return decodedEnds[index];
    }

    /** Segment {@code index}, decoded. */
    public String segment(int index) {
        return decoded.substring(start(index), end(index));
    }

    /** Segment {@code index}, as the client sent it. */
    public String rawSegment(int index) {
        return raw.substring(rawStart(index), rawEnds[index]);
    }

    /** Whether some segment has parameters behind a semicolon (RFC 3986, section 3.3), which some servers cut off. */
    public boolean hasParameters() {
        return raw.indexOf(';') >= 0;
    }

    /**
     * The path as a server reads it that cuts them off.
     *
     * @throws AmbiguousPath when nothing is left of a segment
     */
    public RequestPath withoutParameters() throws AmbiguousPath {
        StringBuilder cut = new StringBuilder(raw.length());
        for (int i = 0; i < count; i++) {
            String segment = rawSegment(i);
            int semicolon = segment.indexOf(';');
            cut.append('/').append(semicolon < 0 ? segment : segment.substring(0, semicolon));
        }
        return parse(cut.isEmpty() ? "/" : cut.toString());
    }

    /** Everything from segment {@code index} on, as the client sent it, without a leading slash; empty when nothing is left. */
    public String rawFrom(int index) {
        int start = rawStart(index);
        return start >= raw.length() ? "" : raw.substring(start);
    }

    /** Everything from segment {@code index} on, decoded, without a leading slash; empty when nothing is left. */
    public String from(int index) {
        int start = start(index);
        return start >= decoded.length() ? "" : decoded.substring(start);
    }

    private int rawStart(int index) {
        return index == 0 ? 1 : rawEnds[index - 1] + 1;
    }

    @Override
    public String toString() {
        return raw;
    }

    /** A path that is malformed or could be read in more than one way; the message says how. */
    public static final class AmbiguousPath extends Exception {
        private static final long serialVersionUID = 1L;

        AmbiguousPath(String message) {
            super(message, null, false, false);
        }
    }

    private static final class Parser {
        private final String raw;
        private int[] rawEnds = new int[8];
        private int count;
        private boolean encodedSlash;
        private boolean escaped;

        Parser(String raw) {
            this.raw = raw;
        }

        RequestPath parse() throws AmbiguousPath {
            if (raw.isEmpty() || raw.charAt(0) != '/') {
                throw new AmbiguousPath("it does not begin with a slash");
            }
            int start = 1;
            for (int i = 1; i < raw.length(); i++) {
                char c = raw.charAt(i);
                if (c == '/') {
                    segment(start, i);
                    start = i + 1;
                } else if (c <= ' ' || c >= 0x7f || c == '#' || c == '?' || c == '\\') {
                    throw new AmbiguousPath("it holds a character that must be percent-encoded");
                } else if (c == '%') {
                    escaped = true;
                    if (hex(i + 1) < 0 || hex(i + 2) < 0) {
                        throw new AmbiguousPath("it holds a broken percent escape");
                    }
                }
            }
            if (start < raw.length()) {
                segment(start, raw.length());
            }
            return escaped ? decode() : plain();
        }

        private void segment(int start, int end) throws AmbiguousPath {
            if (start == end) {
                throw new AmbiguousPath("it holds an empty segment");
            }
            if (raw.charAt(start) == '.') {
                refuseDots(raw, start, end);
            }
            if (count == rawEnds.length) {
                rawEnds = Arrays.copyOf(rawEnds, 2 * count);
            }
            rawEnds[count++] = end;
        }

        private RequestPath plain() {
            return new RequestPath(raw, raw, rawEnds, rawEnds, count, false);
        }

        private RequestPath decode() throws AmbiguousPath {
            StringBuilder all = new StringBuilder(raw.length());
            int[] ends = new int[rawEnds.length];
            int start = 1;
            for (int i = 0; i < count; i++) {
                all.append('/').append(decodeSegment(start, rawEnds[i]));
                ends[i] = all.length();
                start = rawEnds[i] + 1;
            }
            if (count == 0 || start == raw.length()) {
                all.append('/');
            }
            return new RequestPath(raw, all.toString(), rawEnds, ends, count, encodedSlash);
        }

        private String decodeSegment(int start, int end) throws AmbiguousPath {
            if (raw.indexOf('%', start, end) < 0) {
                return raw.substring(start, end);
            }
            byte[] bytes = new byte[end - start];
            int length = 0;
            boolean encodedDot = false;
            for (int i = start; i < end; i++) {
                int b = raw.charAt(i);
                if (b == '%') {
                    b = hex(i + 1) << 4 | hex(i + 2);
                    i += 2;
                    encodedSlash |= b == '/';
                    encodedDot |= b == '.';
                    if (b < ' ' || b == 0x7f || b == '\\') {
                        throw new AmbiguousPath("it holds an encoded backslash or control character");
                    }
                }
                bytes[length++] = (byte) b;
            }
            String segment = utf8(bytes, length);
            if (encodedDot && segment.contains("..")) {
                throw new AmbiguousPath("it holds an encoded dot segment");
            }
            int from = 0;
            for (int slash = segment.indexOf('/'); slash >= 0; slash = segment.indexOf('/', from)) {
                refuseDots(segment, from, slash);
                from = slash + 1;
            }
            refuseDots(segment, from, segment.length());
            return segment;
        }

        /** Refuses {@code .} and {@code ..}, also with the parameters some servers cut off: {@code ..;x=1}. */
        private static void refuseDots(String text, int start, int end) throws AmbiguousPath {
            int dots = start;
            while (dots < end && text.charAt(dots) == '.') {
                dots++;
            }
            int length = dots - start;
            if ((length == 1 || length == 2) && (dots == end || text.charAt(dots) == ';')) {
                throw new AmbiguousPath("it holds a dot segment");
            }
        }

        private static String utf8(byte[] bytes, int length) throws AmbiguousPath {
            try {
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes, 0, length))
                        .toString();
            } catch (CharacterCodingException e) {
                throw new AmbiguousPath("its percent escapes are no UTF-8");
            }
        }

        private int hex(int index) {
            return index < raw.length() ? Character.digit(raw.charAt(index), 16) : -1;
        }
    }
}
