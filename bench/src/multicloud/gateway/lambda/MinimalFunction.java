package multicloud.gateway.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import multicloud.gateway.http.Ticker;
import multicloud.gateway.source.LiveGateway;
import multicloud.gateway.source.Settings;
import multicloud.gateway.telemetry.AccessLog;
import multicloud.gateway.transport.MinimalTransport;
import org.crac.Core;

/**
 * The function as {@link FunctionUrlHandler} makes itself, over a transport that does the least there is to do: on the JDK's sockets,
 * or on the gateway's own wires where BENCH_TRANSPORT says so.
 */
public final class MinimalFunction implements RequestStreamHandler {
    private final FunctionUrlHandler handler;

    /** Opens the gateway and rehearses, in the order of the function itself. */
    public MinimalFunction() {
        Map<String, String> environment = System.getenv();
        Path taskFolder = Path.of(environment.getOrDefault("LAMBDA_TASK_ROOT", ""));
        LiveGateway live = LiveGateway.open(
                new Settings(environment, taskFolder),
                transport(environment),
                MinimalFunction::toStdout,
                InstantSource.system());
        handler = new FunctionUrlHandler(
                live, new AccessLog(MinimalFunction::toStdout, InstantSource.system()), Ticker.SYSTEM);
        new Rehearsal(new EventDecoder(), new ResultEncoder(), live).run(1);
        Core.getGlobalContext().register(handler);
    }

    private static MinimalTransport transport(Map<String, String> environment) {
        return "wires".equals(environment.get("BENCH_TRANSPORT"))
                ? MinimalTransport.onWires(environment.get("AWS_LAMBDA_RUNTIME_API"))
                : MinimalTransport.onSockets();
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        handler.handleRequest(input, output, context);
    }

    private static void toStdout(byte[] line, int length) {
        System.out.write(line, 0, length);
        System.out.flush();
    }
}
