package multicloud.gateway.integration;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import multicloud.gateway.http.Body;
import multicloud.gateway.http.BodyFailure;
import multicloud.gateway.http.Exchange;
import multicloud.gateway.http.Notes.Attempt;
import multicloud.gateway.http.Response;
import multicloud.gateway.transport.Stage;
import multicloud.gateway.upstream.ForwardedHeaders;

/** Passes an upstream's answer on: its status, its headers but those that are of its connection, and its body as it comes. */
final class UpstreamAnswer {
    private UpstreamAnswer() {}

    /** The answer as a client gets it; a body that breaks off is noted. */
    static Response of(Response response, Exchange exchange, Attempt attempt) {
        boolean keepLength = response.body().isAbsent();
        Body body = response.body();
        if (!body.isBuffered()) {
            body = Body.streamed(new Watched(body.stream(), exchange, attempt), body.length());
        }
        return new Response(response.status(), ForwardedHeaders.toClient(response.headers(), keepLength), body);
    }

    /** Notes how an answer's body broke off, where it does. */
    private static final class Watched extends FilterInputStream {
        private final Exchange exchange;
        private final Attempt attempt;

        Watched(InputStream in, Exchange exchange, Attempt attempt) {
            super(in);
            this.exchange = exchange;
            this.attempt = attempt;
        }

        @Override
        public int read() throws IOException {
            try {
                return in.read();
            } catch (BodyFailure e) {
                throw noted(e);
            }
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            try {
                return in.read(bytes, offset, length);
            } catch (BodyFailure e) {
                throw noted(e);
            }
        }

        private BodyFailure noted(BodyFailure e) {
            attempt.failed(e.failure(), Stage.BODY.label());
            exchange.notes().code(e.failure().code());
            return e;
        }
    }
}
