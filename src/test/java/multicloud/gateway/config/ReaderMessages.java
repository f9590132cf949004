package multicloud.gateway.config;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * What the reader can say, found in its sources: the whole messages where one is made, as patterns with a gap for what is not
 * known there, and every phrase that a message could be put together from elsewhere.
 */
final class ReaderMessages extends TreeScanner<Void, Void> {
    private static final Path SOURCES = Path.of("src/main/java/multicloud/gateway");

    /** Where a message is made, by the method's or class's name, and which argument it is. */
    private static final Map<String, Integer> MADE = Map.of(
            "error", 2,
            "warning", 2,
            "unfit", 3,
            "Problem", 2,
            "SyntaxFault", 1,
            "InvalidUrl", 1,
            "InvalidHost", 0,
            "InvalidPattern", 0,
            "InvalidRewrite", 0,
            "AmbiguousPath", 0);

    /** Whose texts are compared with something or meant for a programmer. */
    private static final Set<String> SILENT =
            Set.of("startsWith", "contains", "IllegalStateException", "UncheckedIOException", "toString");

    private final Set<String> patterns = new TreeSet<>();
    private final Set<String> phrases = new TreeSet<>();

    private ReaderMessages() {}

    static ReaderMessages scan() throws IOException {
        List<Path> files = new ArrayList<>(Documents.files(SOURCES.resolve("config"), ".java"));
        files.add(SOURCES.resolve("http/RequestPath.java"));
        ReaderMessages messages = new ReaderMessages();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask)
                    compiler.getTask(null, manager, null, null, null, manager.getJavaFileObjectsFromPaths(files));
            for (CompilationUnitTree file : task.parse()) {
                messages.scan(file.getTypeDecls(), null);
            }
        }
        return messages;
    }

    /** Whole messages, as regular expressions. */
    Set<String> patterns() {
        return patterns;
    }

    /** Texts of more than one word. */
    Set<String> phrases() {
        return phrases;
    }

    @Override
    public Void visitMethod(MethodTree method, Void nothing) {
        return SILENT.contains(method.getName().toString()) ? null : super.visitMethod(method, null);
    }

    @Override
    public Void visitMethodInvocation(MethodInvocationTree call, Void nothing) {
        Tree method = call.getMethodSelect();
        String name = method instanceof MemberSelectTree select
                ? select.getIdentifier().toString()
                : method.toString();
        if (SILENT.contains(name)) {
            return null;
        }
        add(name, call.getArguments());
        return super.visitMethodInvocation(call, null);
    }

    @Override
    public Void visitNewClass(NewClassTree made, Void nothing) {
        String name = made.getIdentifier().toString();
        if (SILENT.contains(name)) {
            return null;
        }
        add(name, made.getArguments());
        return super.visitNewClass(made, null);
    }

    @Override
    public Void visitLiteral(LiteralTree literal, Void nothing) {
        if (literal.getValue() instanceof String text && text.strip().contains(" ")) {
            phrases.add(text.strip());
        }
        return super.visitLiteral(literal, null);
    }

    private void add(String maker, List<? extends ExpressionTree> arguments) {
        Integer index = MADE.get(maker);
        if (index != null && index < arguments.size()) {
            patterns.add(pattern(arguments.get(index)));
        }
    }

    private static String pattern(Tree expression) {
        return switch (expression) {
            case LiteralTree literal -> Pattern.quote(String.valueOf(literal.getValue()));
            case BinaryTree sum
            when sum.getKind() == Tree.Kind.PLUS -> pattern(sum.getLeftOperand()) + pattern(sum.getRightOperand());
            case ParenthesizedTree inner -> pattern(inner.getExpression());
            case ConditionalExpressionTree choice ->
                "(" + pattern(choice.getTrueExpression()) + "|" + pattern(choice.getFalseExpression()) + ")";
            default -> ".*";
        };
    }
}
