package multicloud.gateway.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A value of a document together with where it begins. */
sealed interface Node {

    /** The place of its first byte in the document. */
    int offset();

    /** What it is, in the words of a message: {@code an object}. */
    String kind();

    /**
     * An object.
     *
     * @param members in document order; a key that is there twice is here twice
     * @param complete whether the document goes on beyond it: of one that is cut off nothing can be missing
     */
    record Obj(int offset, List<Member> members, boolean complete) implements Node {
        @Override
        public String kind() {
            return "an object";
        }

        /** The value of the first member of that name, or null. */
        @Nullable
        Node get(String key) {
            Member member = member(key);
            return member == null ? null : member.value();
        }

        /** The first member of that name, or null. */
        @Nullable
        Member member(String key) {
            for (int i = 0; i < members.size(); i++) {
                if (members.get(i).key().equals(key)) {
                    return members.get(i);
                }
            }
            return null;
        }
    }

    /** An array; {@code complete} as for an object. */
    record Arr(int offset, List<Node> items, boolean complete) implements Node {
        @Override
        public String kind() {
            return "an array";
        }
    }

    /**
     * A string.
     *
     * @param value after references were replaced; where one stays unresolved the reference itself, {@code ***} of a secret
     * @param origin where the value came from, when a reference stood here
     */
    record Text(int offset, String value, @Nullable Origin origin) implements Node {
        @Override
        public String kind() {
            return "a string";
        }

        /** Whether the value is not known, so that no check of it can fail. */
        boolean isOpaque() {
            return origin != null && !origin.resolved();
        }

        /** Whether it comes from a secret. */
        boolean isSecret() {
            return origin != null && origin.kind() == References.Kind.SECRET;
        }

        /** What is shown in place of the value, where that is a secret or not known; else null. */
        @Nullable
        String mask() {
            if (isSecret()) {
                return Secret.MASK;
            }
            return isOpaque() ? value : null;
        }

        /** The value as a message may show it: what a reference stands for is never shown. */
        String shown() {
            return origin == null ? Names.quoted(value) : Names.shortened(origin.written());
        }

        /** Never the value of a reference. */
        @Override
        public String toString() {
            return shown();
        }
    }

    /** A number, digit for digit. */
    record Num(int offset, String literal) implements Node {
        @Override
        public String kind() {
            return "a number";
        }
    }

    /** {@code true} or {@code false}. */
    record Bool(int offset, boolean value) implements Node {
        @Override
        public String kind() {
            return value ? "true" : "false";
        }
    }

    /** {@code null}. */
    record Null(int offset) implements Node {
        @Override
        public String kind() {
            return "null";
        }
    }

    /** A key with its value; {@code offset} is the key's. */
    record Member(int offset, String key, Node value) {}

    /** A reference that stood where a string is now. */
    record Origin(String written, References.Kind kind, boolean resolved) {}
}
