package multicloud.gateway.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import software.amazon.awssdk.utilslite.SdkInternalThreadLocal;

/** The packaged function in a process of its own, as Lambda starts it: the real runtime client in the unpacked task folder. */
final class FunctionProcess implements AutoCloseable {
    private static final String HANDLER = "multicloud.gateway.lambda.FunctionUrlHandler::handleRequest";

    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final Process process;

    FunctionProcess(Path taskFolder, RuntimeApi api, Map<String, String> environment) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m", "-Xshare:auto"));
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("--add-opens=java.base/java.net=ALL-UNNAMED");
        command.add("-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac");
        command.addAll(List.of("-cp", runtimeClient(), AWSLambda.class.getName(), HANDLER));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(taskFolder.toFile()).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment()
                .putAll(Map.of(
                        "AWS_LAMBDA_RUNTIME_API", api.address(),
                        "LAMBDA_TASK_ROOT", taskFolder.toString(),
                        "_HANDLER", HANDLER,
                        "AWS_REGION", "eu-west-1",
                        "AWS_LAMBDA_FUNCTION_NAME", "gateway",
                        "AWS_LAMBDA_FUNCTION_VERSION", "1",
                        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512",
                        "AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/gateway",
                        "AWS_LAMBDA_LOG_STREAM_NAME", "stream"));
        builder.environment().putAll(environment);
        process = builder.start();
        Thread.ofVirtual().start(this::readLines);
    }

    /** Unpacks the package into a folder. */
    static void unpack(Path taskFolder) throws IOException {
        try (ZipFile zip = new ZipFile(new File("target", "function.zip"))) {
            for (ZipEntry entry : zip.stream().toList()) {
                Path file = taskFolder.resolve(entry.getName());
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                } else {
                    Files.createDirectories(file.getParent());
                    Files.copy(zip.getInputStream(entry), file);
                }
            }
        }
    }

    /** The next log line that the test accepts; lines before it are passed over. */
    JsonNode line(Predicate<JsonNode> wanted) throws IOException, InterruptedException, TimeoutException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        List<String> passed = new ArrayList<>();
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            String line = lines.poll(left, TimeUnit.NANOSECONDS);
            if (line != null) {
                passed.add(line);
                // The runtime client's own messages do not end their lines.
                int brace = line.indexOf('{');
                if (brace >= 0 && wanted.test(Events.MAPPER.readTree(line.substring(brace)))) {
                    return Events.MAPPER.readTree(line.substring(brace));
                }
            }
        }
        throw new TimeoutException("no such line in " + passed);
    }

    /** Every line so far that has not been read. */
    List<String> linesSoFar() {
        List<String> all = new ArrayList<>();
        lines.drainTo(all);
        return all;
    }

    private void readLines() {
        try (BufferedReader reader = process.inputReader(UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(line);
            }
        } catch (IOException ended) {
            lines.add("end of output: " + ended.getMessage());
        }
    }

    private static String runtimeClient() {
        return Stream.of(
                        AWSLambda.class, RequestStreamHandler.class, PojoSerializer.class, SdkInternalThreadLocal.class)
                .map(FunctionProcess::jarOf)
                .distinct()
                .reduce((a, b) -> a + File.pathSeparator + b)
                .orElseThrow();
    }

    private static String jarOf(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
