package multicloud.gateway.config;

import java.util.List;
import java.util.function.IntUnaryOperator;
import multicloud.gateway.config.Node.Arr;
import multicloud.gateway.config.Node.Member;
import multicloud.gateway.config.Node.Obj;
import org.jspecify.annotations.Nullable;

/** JSON pointers (RFC 6901) to what begins at a place of a document. */
final class Pointer {
    private Pointer() {}

    /** The pointer to the value, or the key's value, that begins at {@code offset}, or to what lies around it. */
    static String to(@Nullable Node root, int offset) {
        StringBuilder pointer = new StringBuilder();
        Node at = root;
        while (at != null && at.offset() < offset) {
            at = switch (at) {
                case Obj object -> intoMember(object.members(), offset, pointer);
                case Arr array -> intoItem(array.items(), offset, pointer);
                case Node.Text text -> null;
                case Node.Num number -> null;
                case Node.Bool flag -> null;
                case Node.Null nothing -> null;
            };
        }
        return pointer.toString();
    }

    private static @Nullable Node intoMember(List<Member> members, int offset, StringBuilder pointer) {
        int index = lastUpTo(offset, members.size(), i -> members.get(i).offset());
        if (index < 0) {
            return null;
        }
        Member member = members.get(index);
        pointer.append('/').append(member.key().replace("~", "~0").replace("/", "~1"));
        return member.offset() == offset ? null : member.value();
    }

    private static @Nullable Node intoItem(List<Node> items, int offset, StringBuilder pointer) {
        int index = lastUpTo(offset, items.size(), i -> items.get(i).offset());
        if (index < 0) {
            return null;
        }
        pointer.append('/').append(index);
        return items.get(index);
    }

    /** The last index whose offset is not beyond, or -1. */
    private static int lastUpTo(int offset, int size, IntUnaryOperator offsetAt) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (offsetAt.applyAsInt(middle) <= offset) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - 1;
    }
}
