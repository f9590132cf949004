package multicloud.gateway.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import multicloud.gateway.config.Node.Arr;
import multicloud.gateway.config.Node.Bool;
import multicloud.gateway.config.Node.Member;
import multicloud.gateway.config.Node.Null;
import multicloud.gateway.config.Node.Num;
import multicloud.gateway.config.Node.Obj;
import org.jspecify.annotations.Nullable;

/**
 * Reads the text of a document into a tree. What stands before a fault of syntax is read all the same, so that what is wrong with
 * it can be told in the same breath.
 */
final class JsonTree {
    static final int MAX_DEPTH = 64;

    /** Up to here a key is compared with those before it one by one. */
    private static final int FEW = 12;

    static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private final byte[] document;
    private final JsonParser parser;
    private final ReferenceResolver resolver;
    private final Findings findings;
    private final int end;
    private boolean broken;

    private JsonTree(byte[] document, int end, JsonParser parser, ReferenceResolver resolver, Findings findings) {
        this.document = document;
        this.end = end;
        this.parser = parser;
        this.resolver = resolver;
        this.findings = findings;
    }

    /** The document's value, as far as it can be read; null when there is none. */
    static @Nullable Node read(byte[] document, ReferenceResolver resolver, Findings findings) {
        int end = Encoding.validUpTo(document, findings);
        try (JsonParser parser = FACTORY.createParser(document, 0, end)) {
            JsonTree tree = new JsonTree(document, end, parser, resolver, findings);
            Node root = tree.value(tree.next(), 0);
            if (!tree.broken && end == document.length) {
                tree.end(root);
            }
            return root;
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory", e);
        }
    }

    private @Nullable Node value(@Nullable JsonToken token, int depth) throws IOException {
        if (token == null) {
            return null;
        }
        int offset = offset();
        if (token.isStructStart() && depth == MAX_DEPTH) {
            broken = true;
            findings.error(Rule.DEPTH, offset, "nested deeper than " + MAX_DEPTH + " levels", pointer());
            return null;
        }
        return switch (token) {
            case START_OBJECT -> object(offset, depth + 1);
            case START_ARRAY -> array(offset, depth + 1);
            case VALUE_STRING -> {
                String text = text();
                yield text == null ? null : string(offset, text);
            }
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
                String literal = text();
                yield literal == null || isCutOff(depth) ? null : new Num(offset, literal);
            }
            case VALUE_TRUE -> new Bool(offset, true);
            case VALUE_FALSE -> new Bool(offset, false);
            case VALUE_NULL -> new Null(offset);
            case END_OBJECT, END_ARRAY, FIELD_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
                throw new IllegalStateException("no value: " + token);
        };
    }

    /** Whether the text ends with this number, in the middle of an object or array, so that more digits may have stood there. */
    private boolean isCutOff(int depth) {
        return depth > 0 && parser.currentLocation().getByteOffset() >= end;
    }

    private Node string(int offset, String text) {
        if (Encoding.hasLoneSurrogate(text)) {
            findings.error(Rule.ENCODING, offset, "the string holds half of a surrogate pair, which is no character");
        }
        return resolver.text(offset, text);
    }

    private Obj object(int offset, int depth) throws IOException {
        List<Member> members = new ArrayList<>();
        Set<String> keys = new HashSet<>();
        JsonToken token = next();
        while (token == JsonToken.FIELD_NAME) {
            int at = offset();
            String key = parser.currentName();
            if (isThere(key, members, keys)) {
                findings.error(Rule.DUPLICATE_KEY, at, "the key " + Names.quoted(key) + " is there twice");
            }
            Node value = value(next(), depth);
            if (value != null) {
                members.add(new Member(at, key, value));
            }
            token = next();
        }
        return new Obj(offset, members, token == JsonToken.END_OBJECT);
    }

    private static boolean isThere(String key, List<Member> members, Set<String> keys) {
        if (members.size() >= FEW) {
            if (keys.isEmpty()) {
                members.forEach(member -> keys.add(member.key()));
            }
            return !keys.add(key);
        }
        for (int i = 0; i < members.size(); i++) {
            if (members.get(i).key().equals(key)) {
                return true;
            }
        }
        return false;
    }

    private Arr array(int offset, int depth) throws IOException {
        List<Node> items = new ArrayList<>();
        JsonToken token = next();
        while (token != null && token != JsonToken.END_ARRAY) {
            Node item = value(token, depth);
            if (item != null) {
                items.add(item);
            }
            token = next();
        }
        return new Arr(offset, items, token == JsonToken.END_ARRAY);
    }

    /** The next token, or null at the end and after a fault. */
    private @Nullable JsonToken next() throws IOException {
        if (broken) {
            return null;
        }
        try {
            return parser.nextToken();
        } catch (JsonProcessingException e) {
            fault(e);
            return null;
        }
    }

    /** The text of the token, or null when it is broken. */
    private @Nullable String text() throws IOException {
        try {
            return parser.getText();
        } catch (JsonProcessingException e) {
            fault(e);
            return null;
        }
    }

    private void fault(JsonProcessingException fault) {
        broken = true;
        if (SyntaxFault.isEnd(fault) && end < document.length) {
            return;
        }
        SyntaxFault found = SyntaxFault.of(document, fault, offset());
        findings.error(Rule.SYNTAX, found.offset(), found.message(), pointer());
    }

    private void end(@Nullable Node root) {
        if (root == null) {
            findings.error(Rule.SYNTAX, 0, "the document is empty: expected an object", "");
            return;
        }
        int at = (int) parser.currentLocation().getByteOffset();
        while (at < document.length && isSpace(document[at])) {
            at++;
        }
        if (at < document.length) {
            findings.error(Rule.SYNTAX, at, "the document has ended before this: only one value can be in it", "");
        }
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    private int offset() {
        return (int) parser.currentTokenLocation().getByteOffset();
    }

    private String pointer() {
        return parser.getParsingContext().pathAsPointer().toString();
    }
}
