package multicloud.gateway.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

/** What is in the package that Lambda unpacks: a JAR that is not named here is paid for at every cold start. */
class FunctionZipIT {
    private static final Path PACKAGE = Path.of("target", "function.zip");
    private static final int TEN_MB = 10 * 1024 * 1024;

    @Test
    void holdsTheseJarsAndNoOther() throws IOException {
        assertThat(entries().stream()
                        .filter(name -> name.endsWith(".jar"))
                        .map(FunctionZipIT::withoutVersion)
                        .sorted())
                .containsExactly(
                        "lib/annotations",
                        "lib/aws-lambda-java-core",
                        "lib/checksums",
                        "lib/checksums-spi",
                        "lib/crac",
                        "lib/http-auth-aws",
                        "lib/http-auth-spi",
                        "lib/http-client-spi",
                        "lib/httpcore5",
                        "lib/identity-spi",
                        "lib/jackson-core",
                        "lib/metrics-spi",
                        "lib/multicloud-gateway-function",
                        "lib/nimbus-jose-jwt",
                        "lib/reactive-streams",
                        "lib/slf4j-api",
                        "lib/slf4j-nop",
                        "lib/utils");
    }

    @Test
    void besideTheJarsThereAreSampleDocumentsAlone() throws IOException {
        assertThat(entries())
                .allMatch(name -> name.endsWith("/")
                        || name.startsWith("lib/") && name.endsWith(".jar")
                        || name.matches("samplesconfig/[^/]+\\.json"))
                .contains("samplesconfig/events.json");
    }

    @Test
    void staysUnderTenMegabytes() throws IOException {
        assertThat(Files.size(PACKAGE)).isLessThan(TEN_MB);
    }

    @Test
    void theServerAndTheCommandLineStayOutside() throws IOException {
        List<String> classes = classesOfTheGateway();
        assertThat(classes).contains("multicloud/gateway/lambda/FunctionUrlHandler.class");
        assertThat(classes)
                .noneMatch(name ->
                        name.startsWith("multicloud/gateway/local/") || name.startsWith("multicloud/gateway/cli/"));
    }

    private static List<String> entries() throws IOException {
        try (ZipFile zip = new ZipFile(PACKAGE.toFile())) {
            return zip.stream().map(ZipEntry::getName).toList();
        }
    }

    private static String withoutVersion(String jar) {
        return jar.replaceFirst("(-[0-9][0-9.]*)?\\.jar$", "");
    }

    private static List<String> classesOfTheGateway() throws IOException {
        List<String> names = new ArrayList<>();
        try (ZipFile zip = new ZipFile(PACKAGE.toFile());
                InputStream jar = zip.getInputStream(zip.getEntry("lib/multicloud-gateway-function.jar"));
                ZipInputStream classes = new ZipInputStream(jar)) {
            for (ZipEntry entry = classes.getNextEntry(); entry != null; entry = classes.getNextEntry()) {
                names.add(entry.getName());
            }
        }
        return names;
    }
}
