package multicloud.gateway.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import multicloud.gateway.http.Answers;
import multicloud.gateway.http.Deadline;
import multicloud.gateway.http.Exchange;
import multicloud.gateway.http.Failure;
import multicloud.gateway.http.Response;
import multicloud.gateway.http.Ticker;
import multicloud.gateway.lambda.LambdaEvent.HttpCall;
import multicloud.gateway.lambda.LambdaEvent.WarmUp;
import multicloud.gateway.source.LiveGateway;
import multicloud.gateway.source.Settings;
import multicloud.gateway.telemetry.AccessLog;
import multicloud.gateway.transport.SocketTransport;
import multicloud.gateway.transport.Transport;
import org.crac.Core;
import org.crac.Resource;
import org.jspecify.annotations.Nullable;

/**
 * The function: answers the events of a function URL, buffered. Its handler string is {@code
 * multicloud.gateway.lambda.FunctionUrlHandler::handleRequest}.
 *
 * <p>The document is looked at while the function initialises, which never fails for want of one. An answer is due 500 ms before
 * the invocation's end, or 29 s after its beginning where that is unknown. Safe for use by many threads, as managed instances call
 * it.
 */
public final class FunctionUrlHandler implements RequestStreamHandler, Resource {
    private static final Duration MARGIN = Duration.ofMillis(500);
    private static final Duration WITHOUT_CONTEXT = Duration.ofSeconds(29);
    private static final Duration SETTLING = Duration.ofMillis(500);
    private static final Duration ASIDE = Duration.ofMillis(50);
    private static final byte[] NOTHING = "{}".getBytes(UTF_8);

    private final EventDecoder decoder = new EventDecoder();
    private final ResultEncoder encoder = new ResultEncoder();
    private final LiveGateway live;
    private final AccessLog accessLog;
    private final Ticker ticker;

    /** The function as Lambda makes it: settings from the environment, log lines to stdout, and a part in every snapshot. */
    public FunctionUrlHandler() {
        this(open(System.getenv()), new AccessLog(FunctionUrlHandler::toStdout, InstantSource.system()), Ticker.SYSTEM);
        new Rehearsal(decoder, encoder, live).run(1);
        Core.getGlobalContext().register(this);
    }

    /**
     * The function around a gateway of the caller's, who closes it.
     *
     * @param ticker what deadlines and durations are measured by
     */
    public FunctionUrlHandler(LiveGateway live, AccessLog accessLog, Ticker ticker) {
        this.live = live;
        this.accessLog = accessLog;
        this.ticker = ticker;
    }

    /**
     * Answers one event.
     *
     * @throws UnknownEventException when it is no JSON, or neither a function URL's event nor a schedule's
     */
    @Override
    public void handleRequest(InputStream input, OutputStream output, @Nullable Context context) throws IOException {
        switch (decoder.decode(input)) {
            case HttpCall call -> answer(call, deadline(context), output);
            case WarmUp() -> {
                live.look();
                output.write(NOTHING);
            }
        }
    }

    /**
     * Writes the result, then waits for what would be frozen otherwise, and logs last, so that the line has the time the client waited:
     * Lambda sends nothing before this returns.
     */
    private void answer(HttpCall call, Deadline deadline, OutputStream output) throws IOException {
        Exchange exchange = Exchange.begin(call.request(), call.id(), call.client(), deadline);
        Response response = call.wellFormed() ? live.handle(exchange) : Answers.of(Failure.MALFORMED_REQUEST, exchange);
        Result result = encoder.encode(response, exchange);
        result.writeTo(output);
        live.settle(sooner(SETTLING, deadline));
        exchange.aside().settle(sooner(ASIDE, deadline));
        accessLog.write(exchange, result.status(), result.bodyBytes());
    }

    private static LiveGateway open(Map<String, String> environment) {
        Path taskFolder = Path.of(environment.getOrDefault("LAMBDA_TASK_ROOT", ""));
        Transport transport = SocketTransport.system(environment.get("AWS_LAMBDA_RUNTIME_API"));
        return LiveGateway.open(
                new Settings(environment, taskFolder), transport, FunctionUrlHandler::toStdout, InstantSource.system());
    }

    /** One write for each line: Lambda makes one log event of it. */
    private static void toStdout(byte[] line, int length) {
        System.out.write(line, 0, length);
        System.out.flush();
    }

    private Deadline deadline(@Nullable Context context) {
        int millis = context == null ? 0 : context.getRemainingTimeInMillis();
        return Deadline.after(
                millis <= 0 ? WITHOUT_CONTEXT : Duration.ofMillis(millis).minus(MARGIN), ticker);
    }

    private static Duration sooner(Duration span, Deadline deadline) {
        Duration left = Duration.ofNanos(Math.max(0, deadline.remainingNanos()));
        return left.compareTo(span) < 0 ? left : span;
    }

    /** Runs the code of a request often enough to have it compiled, then lets go of what must not live in a snapshot. */
    @Override
    public void beforeCheckpoint(org.crac.Context<? extends Resource> context) {
        new Rehearsal(decoder, encoder, live).run(Rehearsal.BEFORE_SNAPSHOT);
        live.beforeSnapshot();
    }

    @Override
    public void afterRestore(org.crac.Context<? extends Resource> context) {
        live.afterRestore();
    }
}
