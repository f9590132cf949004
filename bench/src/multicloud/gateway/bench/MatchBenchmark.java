package multicloud.gateway.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import multicloud.gateway.config.PathConfig.MatchConfig;
import multicloud.gateway.config.PathConfig.RouteConfig;
import multicloud.gateway.config.PathPattern;
import multicloud.gateway.http.Answers;
import multicloud.gateway.http.Body;
import multicloud.gateway.http.Client;
import multicloud.gateway.http.Deadline;
import multicloud.gateway.http.Exchange;
import multicloud.gateway.http.Failure;
import multicloud.gateway.http.Headers;
import multicloud.gateway.http.Method;
import multicloud.gateway.http.Request;
import multicloud.gateway.http.RequestPath;
import multicloud.gateway.http.RequestTarget;
import multicloud.gateway.http.Ticker;
import multicloud.gateway.route.Match;
import multicloud.gateway.route.Route;
import multicloud.gateway.route.RouteTable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Which route takes a request, among 10 and among 10,000: another of 256 random requests each time. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class MatchBenchmark {
    @Param({"10", "10000"})
    int routes;

    private RouteTable table;
    private Exchange[] exchanges;
    private int next;

    @Setup
    public void prepare() throws Exception {
        List<Route> all = new ArrayList<>();
        for (int i = 0; i < routes; i++) {
            PathPattern pattern = PathPattern.parse(
                    "/v1/resource-" + i + (i % 3 == 0 ? "/{id}/items" : i % 3 == 1 ? "/{id}" : "/{rest+}"));
            all.add(new Route(
                    i,
                    new RouteConfig(List.of("GET"), pattern, MatchConfig.NONE, false),
                    false,
                    exchange -> Answers.of(Failure.NO_ROUTE, exchange)));
        }
        table = RouteTable.of(all);
        Random random = new Random(1);
        exchanges = new Exchange[256];
        for (int i = 0; i < exchanges.length; i++) {
            int route = random.nextInt(routes);
            exchanges[i] = exchange("/v1/resource-" + route + (route % 3 == 0 ? "/4711/items" : "/4711"));
        }
    }

    private static Exchange exchange(String path) throws Exception {
        return Exchange.begin(
                        new Request("GET", RequestTarget.parse(path), Headers.empty(), Body.absent()),
                        "id",
                        new Client("203.0.113.9", "https", "api.example.com", 443),
                        Deadline.after(Duration.ofSeconds(1), Ticker.SYSTEM))
                .withPath(RequestPath.parse(path));
    }

    @Benchmark
    public Match readPathAndMatch() throws Exception {
        Exchange exchange = exchanges[next++ & 255];
        return table.match(
                exchange.withPath(RequestPath.parse(exchange.request().target().path())), Method.GET);
    }

    @Benchmark
    public Match matchAlone() {
        return table.match(exchanges[next++ & 255], Method.GET);
    }
}
