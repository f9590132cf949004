package multicloud.gateway.integration;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import multicloud.gateway.config.PathConfig.StaticAnswer;
import multicloud.gateway.http.Answers;
import multicloud.gateway.http.Body;
import multicloud.gateway.http.Exchange;
import multicloud.gateway.http.Headers;
import multicloud.gateway.http.Response;

/** Answers with what the document says, and with the request's id. */
public final class FixedAnswer implements Integration {
    private final int status;
    private final Headers headers;
    private final Body body;

    public FixedAnswer(StaticAnswer answer) {
        Headers.Builder fields = Headers.builder();
        answer.headers().forEach(fields::add);
        Headers own = fields.build();
        String json = answer.json();
        status = answer.status();
        headers = own.contains("content-type") || json == null
                ? own
                : fields.add("content-type", "application/json").build();
        body = json == null ? Body.empty() : Body.of(json.getBytes(UTF_8));
    }

    @Override
    public Response handle(Exchange exchange) {
        return new Response(
                status,
                headers.toBuilder().add(Answers.REQUEST_ID, exchange.id()).build(),
                body);
    }

    @Override
    public Plan plan(Exchange exchange) {
        return new Plan.Answer(handle(exchange));
    }

    @Override
    public List<Reach> reaches() {
        return List.of();
    }
}
