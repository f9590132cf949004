package multicloud.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import multicloud.gateway.config.ConfigReader;
import multicloud.gateway.config.Reading;
import multicloud.gateway.http.Body;
import multicloud.gateway.http.Deadline;
import multicloud.gateway.http.Exchange;
import multicloud.gateway.http.Headers;
import multicloud.gateway.http.Identity;
import multicloud.gateway.http.Response;
import multicloud.gateway.http.Ticker;
import multicloud.gateway.http.Timeouts;
import multicloud.gateway.lambda.Events;
import multicloud.gateway.testing.Exchanges;
import multicloud.gateway.transport.AddressRule;
import multicloud.gateway.transport.Call;
import multicloud.gateway.transport.Origin;
import multicloud.gateway.transport.Outcome;
import org.junit.jupiter.api.Test;

/** Whatever is dumped, at whatever depth, shows no secret of a document and nothing of a request but its method and path. */
class SecretsTest {
    private static final String CANARY = "canary-of-more-than-thirty-two-bytes";

    private static final String DOCUMENT = """
            { "variables": { "token": "$secret.A", "plain": "p" },
              "authorizer": { "type": "jwt", "issuer": "i", "audience": "a", "algorithm": "HS256", "secret": "$secret.A" },
              "servers": [ { "alias": "s", "url": "http://localhost" } ],
              "paths": [
                { "method": "GET", "path": "/a", "match": { "headers": { "x-a": "$secret.A" }, "query": { "q": "$secret.A" } },
                  "auth": { "claims": { "c": [ "$secret.A" ] } }, "integration": { "type": "http", "server": "s" },
                  "variables": { "own": "$secret.A" },
                  "mapping": { "headers": { "x-a": "$secret.A", "x-b": "a ${config.token} ${config.own}" },
                               "query": { "q": "$secret.A" }, "response_headers": { "x-a": "$secret.A" } } },
                { "method": "GET", "path": "/b", "response": { "a": "$secret.A" }, "response_headers": { "x-a": "$secret.A" } } ] }
            """;

    @Test
    void aDocument() throws Exception {
        Reading reading = ConfigReader.read(DOCUMENT.getBytes(UTF_8), (kind, name) -> CANARY);
        assertThat(reading).isInstanceOf(Reading.Accepted.class);
        assertThat(dumps(reading).size()).isGreaterThan(40);
    }

    @Test
    void aRequestAndItsAnswer() throws Exception {
        Exchange exchange =
                Exchanges.exchange("POST", "/path?" + CANARY, Body.of(CANARY.getBytes(UTF_8)), "Authorization", CANARY);
        Identity identity = new Identity("default", CANARY, CANARY, Set.of(CANARY), Map.of("sub", CANARY));
        Origin origin = new Origin(true, "localhost", 443, AddressRule.PUBLIC);
        Call call = new Call(
                origin, exchange.request(), Timeouts.DEFAULT, Deadline.after(Duration.ofSeconds(1), Ticker.SYSTEM));
        Headers headers = Headers.of("set-cookie", CANARY);
        for (Object each : List.of(
                exchange,
                exchange.withIdentity(identity),
                exchange.notes(),
                call,
                identity,
                new Outcome.Answered(new Response(200, headers, Body.of(CANARY.getBytes(UTF_8)))))) {
            dumps(each);
        }
        assertThat(exchange.request().toString()).contains("POST", "/path", "authorization");
    }

    @Test
    void anEvent() throws Exception {
        Object event = Events.decoded(Events.event("GET", "/path", CANARY).put("body", CANARY));
        assertThat(dumps(event)).anyMatch(dump -> dump.contains("/path"));
    }

    /** What this and everything within it says of itself; what a record holds as text is its own and not looked at. */
    private static List<String> dumps(Object value) throws ReflectiveOperationException {
        List<String> dumps = new ArrayList<>();
        collect(value, dumps);
        assertThat(dumps).isNotEmpty().allSatisfy(dump -> assertThat(dump).doesNotContain(CANARY));
        return dumps;
    }

    private static void collect(Object value, List<String> dumps) throws ReflectiveOperationException {
        switch (value) {
            case null -> {}
            case String text -> {}
            case Collection<?> list -> {
                for (Object item : list) {
                    collect(item, dumps);
                }
            }
            case Map<?, ?> map -> collect(map.values(), dumps);
            case Record held -> {
                dumps.add(held.toString());
                for (RecordComponent component : held.getClass().getRecordComponents()) {
                    Method accessor = component.getAccessor();
                    accessor.setAccessible(true);
                    collect(accessor.invoke(held), dumps);
                }
            }
            default -> dumps.add(value.toString());
        }
    }
}
