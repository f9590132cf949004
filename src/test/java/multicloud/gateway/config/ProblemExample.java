package multicloud.gateway.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * One problem that the reader tells, with a document that has it and one that has not: a paragraph of a file under
 * {@code config/examples}.
 *
 * <pre>
 * RULE in paths
 * with $env.NAME = value
 * wrong { "method": "GET", "path": "a" }
 * problem 4:32: error: MESSAGE (/paths/0/path)
 * right { "method": "GET", "path": "/a" }
 * </pre>
 *
 * <p>{@code document} stands for a whole document, {@code paths} and {@code servers} for what stands in that array of an otherwise
 * good one. {@code «text»×N} is a text repeated, {@code \xNN} a byte; the problem that an example is for is its last, and {@code …}
 * stands for any before it.
 *
 * @param values what references stand for, by {@code $env.NAME} and {@code $secret.NAME}
 * @param problems every problem of the wrong document
 */
record ProblemExample(String heading, Map<String, String> values, String wrong, List<String> problems, String right) {
    private static final Path FOLDER = Documents.RESOURCES.resolve("examples");
    private static final Pattern REPEATED = Pattern.compile("«([^»]*)»×([0-9]+)");
    private static final Map<String, String> AROUND = Map.of("document", "%s", "servers", """
            {
              "servers": [
                %s
              ],
              "paths": [{ "method": "ANY", "path": "/{.+}", "integration": { "type": "http_proxy", "server": "orders" } }]
            }
            """, "paths", """
            {
              "servers": [{ "alias": "orders", "url": "https://orders.example.com" }],
              "paths": [
                %s,
                { "method": "ANY", "path": "/{.+}", "integration": { "type": "http_proxy", "server": "orders" } }
              ]
            }
            """);

    /** A file of examples. */
    record Section(String title, List<ProblemExample> examples) {}

    static List<Section> sections() {
        List<Section> sections = new ArrayList<>();
        for (Path file : Documents.files(FOLDER, ".txt")) {
            List<String> paragraphs = List.of(Documents.text(file).strip().split("\n\n"));
            List<ProblemExample> examples =
                    paragraphs.stream().skip(1).map(ProblemExample::parse).toList();
            sections.add(new Section(paragraphs.getFirst().substring("# ".length()), examples));
        }
        return sections;
    }

    static List<ProblemExample> all() {
        return sections().stream()
                .flatMap(section -> section.examples().stream())
                .toList();
    }

    private static ProblemExample parse(String paragraph) {
        List<String> lines = paragraph.lines().toList();
        Map<String, String> values = new LinkedHashMap<>();
        List<String> problems = new ArrayList<>();
        String wrong = "";
        String right = "";
        for (String line : lines.subList(1, lines.size())) {
            String text = line.substring(line.indexOf(' ') + 1);
            switch (line.substring(0, line.indexOf(' '))) {
                case "with" -> {
                    String[] value = text.split(" = ?", 2);
                    values.put(value[0], value[1]);
                }
                case "wrong" -> wrong = text;
                case "problem" -> problems.add(text);
                case "right" -> right = text;
                default -> throw new IllegalArgumentException(line);
            }
        }
        return new ProblemExample(lines.getFirst(), values, wrong, problems, right);
    }

    Rule rule() {
        return Rule.valueOf(heading.substring(0, heading.indexOf(' ')));
    }

    Reading readWrong() {
        return read(wrong);
    }

    Reading readRight() {
        return read(right);
    }

    /** What is said of the problem that the example is for: {@code error: MESSAGE}, without its place. */
    String said() {
        String last = problems.getLast();
        return last.substring(last.indexOf(": ") + 2, last.lastIndexOf(" ("));
    }

    byte[] document(String example) {
        return bytes(AROUND.get(heading.substring(heading.lastIndexOf(' ') + 1)).replace("%s", example));
    }

    private Reading read(String example) {
        return ConfigReader.read(document(example), (kind, name) -> {
            String value = values.get((kind == References.Kind.ENV ? "$env." : "$secret.") + name);
            return value == null ? null : new String(bytes(value), UTF_8);
        });
    }

    private static byte[] bytes(String written) {
        String text =
                REPEATED.matcher(written).replaceAll(match -> match.group(1).repeat(Integer.parseInt(match.group(2))));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int from = 0;
        for (int at = text.indexOf("\\x"); at >= 0; at = text.indexOf("\\x", from)) {
            bytes.writeBytes(text.substring(from, at).getBytes(UTF_8));
            bytes.write(HexFormat.fromHexDigits(text, at + 2, at + 4));
            from = at + 4;
        }
        bytes.writeBytes(text.substring(from).getBytes(UTF_8));
        return bytes.toByteArray();
    }

    @Override
    public String toString() {
        return rule() + " " + said();
    }
}
