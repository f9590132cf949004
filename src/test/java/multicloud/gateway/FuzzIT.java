package multicloud.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.code_intelligence.jazzer.Jazzer;
import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JWSHeader;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import multicloud.gateway.auth.TokenFuzz;
import multicloud.gateway.config.ConfigFuzz;
import multicloud.gateway.http.PathFuzz;
import multicloud.gateway.lambda.EventFuzz;
import multicloud.gateway.mapping.MappingFuzz;
import org.apache.hc.core5.http.HttpMessage;
import org.assertj.core.api.Assertions;
import org.crac.Resource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every fuzz target under Jazzer, guided by coverage, in a process of its own: the seeds and a few inputs made of them with the same
 * seed of chance each time, or new ones for {@code fuzz.seconds} where the profile {@code fuzz} says so.
 */
class FuzzIT {
    private static final int SECONDS = Integer.getInteger("fuzz.seconds", 0);
    private static final Path SEEDS = Path.of("src/test/resources/fuzz");
    private static final String OURS = "multicloud.gateway.**";
    private static final Path WORK = Path.of("target/fuzz", SECONDS > 0 ? "long" : "short");
    private static final Map<Target, Process> RUNNING = new HashMap<>();

    /** A target, how many inputs its short run has, and where there are more seeds than its own. */
    record Target(String name, Class<?> type, int runs, List<String> moreSeeds) {
        Path work() {
            return WORK.resolve(name);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Target> targets() {
        return List.of(
                new Target("config", ConfigFuzz.class, 300, List.of("samplesconfig", "src/test/resources/config")),
                new Target("event", EventFuzz.class, 1_500, List.of("events")),
                new Target("mapping", MappingFuzz.class, 1_000, List.of()),
                new Target("path", PathFuzz.class, 5_000, List.of()),
                new Target("token", TokenFuzz.class, 3_000, List.of()));
    }

    @BeforeAll
    static void startAll() throws IOException {
        for (Target target : targets()) {
            RUNNING.put(target, start(target));
        }
    }

    private static Process start(Target target) throws IOException {
        Path corpus = Files.createDirectories(target.work().resolve("corpus"));
        if (SECONDS == 0) {
            for (Path left : list(corpus)) {
                Files.delete(left);
            }
        }
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx512m", "-Xshare:auto"));
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(List.of("-cp", classPath(), Jazzer.class.getName()));
        command.add("--target_class=" + target.type().getName());
        command.addAll(List.of("--instrumentation_includes=" + OURS, "--custom_hook_includes=" + OURS));
        command.addAll(List.of("-artifact_prefix=" + target.work() + "/", "--reproducer_path=" + target.work()));
        command.addAll(List.of("-timeout=120", "-rss_limit_mb=0"));
        command.addAll(
                SECONDS > 0 ? List.of("-max_total_time=" + SECONDS) : List.of("-seed=1", "-runs=" + target.runs()));
        command.add(corpus.toString());
        command.add(SEEDS.resolve(target.name()).toString());
        command.addAll(target.moreSeeds());
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Redirect.to(target.work().resolve("log").toFile()))
                .start();
    }

    /** What the targets need and no more: Jazzer looks through all of it before it begins. */
    private static String classPath() {
        return Stream.of(
                        FuzzIT.class,
                        Gateway.class,
                        Jazzer.class,
                        FuzzedDataProvider.class,
                        Assertions.class,
                        JsonFactory.class,
                        ObjectMapper.class,
                        JsonProperty.class,
                        JsonParser.class,
                        JsonMapper.class,
                        JWSHeader.class,
                        HttpMessage.class,
                        RequestStreamHandler.class,
                        Resource.class)
                .map(type ->
                        type.getProtectionDomain().getCodeSource().getLocation().getPath())
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    @AfterAll
    static void stopAll() {
        RUNNING.values().forEach(Process::destroyForcibly);
    }

    @ParameterizedTest
    @MethodSource("targets")
    void noInputBreaksWhatMustHold(Target target) throws Exception {
        Process process = RUNNING.get(target);
        assertThat(process.waitFor(SECONDS + 300, TimeUnit.SECONDS))
                .as("it ends")
                .isTrue();
        String log = Files.readString(target.work().resolve("log"));
        assertThat(process.exitValue())
                .as("the finding in %s; its input lies beside it%n%s", target.work(), log)
                .isZero();
        assertThat(log).contains("Done ").doesNotContain("no interesting inputs were found");
    }
}
