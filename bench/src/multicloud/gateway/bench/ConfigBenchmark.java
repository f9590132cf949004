package multicloud.gateway.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.concurrent.TimeUnit;
import multicloud.gateway.Gateway;
import multicloud.gateway.Lasting;
import multicloud.gateway.config.ConfigReader;
import multicloud.gateway.config.Reading;
import multicloud.gateway.config.References;
import multicloud.gateway.transport.SocketTransport;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Reading, validating and compiling a document: once in a fresh JVM (single shot), and warm. */
@State(Scope.Benchmark)
@BenchmarkMode({Mode.SingleShotTime, Mode.AverageTime})
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class ConfigBenchmark {
    @Param({"10", "10000"})
    int paths;

    private byte[] document;
    private SocketTransport transport;

    @Setup
    public void prepare() {
        StringBuilder text = new StringBuilder(
                "{\"servers\":[{\"alias\":\"s\",\"url\":\"https://orders.example.com/base\"}],\"paths\":[");
        for (int i = 0; i < paths; i++) {
            text.append(i == 0 ? "" : ",")
                    .append("{\"method\":[\"GET\",\"POST\"],\"path\":\"/v1/resource-")
                    .append(i)
                    .append(
                            "/{id}\",\"integration\":{\"type\":\"http_proxy\",\"server\":\"s\"},\"timeouts\":{\"total\":\"5s\"}}");
        }
        document = text.append("]}").toString().getBytes(UTF_8);
        transport = SocketTransport.system(null);
    }

    @Benchmark
    public Gateway load() {
        return switch (ConfigReader.read(document, References.UNRESOLVED)) {
            case Reading.Accepted accepted -> Gateway.compile(accepted.config(), "bench", Lasting.with(transport));
            case Reading.Refused refused -> throw new AssertionError(refused.problems());
        };
    }
}
