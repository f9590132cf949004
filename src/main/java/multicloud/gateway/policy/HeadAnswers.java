package multicloud.gateway.policy;

import multicloud.gateway.http.Body;
import multicloud.gateway.http.Handler;
import multicloud.gateway.http.Headers;
import multicloud.gateway.http.Response;

/** Takes the body from answers to HEAD, which say how long it would be (RFC 9110, section 9.3.2). */
public final class HeadAnswers implements Policy {
    @Override
    public Handler around(Handler next) {
        return exchange -> {
            Response response = next.handle(exchange);
            return exchange.request().method().equals("HEAD") ? withoutBody(response) : response;
        };
    }

    private static Response withoutBody(Response response) {
        Body body = response.body();
        if (body.isAbsent()) {
            return response;
        }
        body.close();
        boolean bodiless = response.status() == 204 || response.status() == 304;
        Headers headers = bodiless || body.length() < 0 || response.headers().contains("content-length")
                ? response.headers()
                : response.headers().toBuilder()
                        .add("content-length", Long.toString(body.length()))
                        .build();
        return new Response(response.status(), headers, Body.absent());
    }
}
