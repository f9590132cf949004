package multicloud.gateway.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Says whether Testcontainers can start an image without pulling anything: an attempt to pull takes minutes to fail. */
public final class ContainerEngine {
    private ContainerEngine() {}

    /**
     * Whether an engine answers that has the image, and what Testcontainers itself wants beside it. Where {@code
     * GATEWAY_REQUIRE_CONTAINERS} is set nothing is asked: there the tests fail rather than be skipped.
     */
    public static boolean canStart(String image) {
        if (Boolean.parseBoolean(System.getenv("GATEWAY_REQUIRE_CONTAINERS"))) {
            return true;
        }
        List<String> wanted = new ArrayList<>(List.of(image));
        if (!Boolean.parseBoolean(System.getenv("TESTCONTAINERS_RYUK_DISABLED"))) {
            wanted.add(System.getenv().getOrDefault("TESTCONTAINERS_RYUK_CONTAINER_IMAGE", "testcontainers/ryuk"));
        }
        if (!Boolean.parseBoolean(System.getenv("TESTCONTAINERS_CHECKS_DISABLE"))) {
            wanted.add(System.getenv().getOrDefault("TESTCONTAINERS_TINYIMAGE_CONTAINER_IMAGE", "alpine"));
        }
        return wanted.stream().allMatch(ContainerEngine::has);
    }

    private static boolean has(String image) {
        try {
            Process process = new ProcessBuilder("docker", "image", "ls", "--quiet", image)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            boolean answered = process.waitFor(20, TimeUnit.SECONDS);
            String ids = answered ? new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII) : "";
            process.destroy();
            return !ids.isBlank();
        } catch (IOException noSuchCommand) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
