package multicloud.gateway.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import multicloud.gateway.cli.Listener.Unavailable;
import multicloud.gateway.http.Body;
import multicloud.gateway.http.Exchange;
import multicloud.gateway.http.Handler;
import multicloud.gateway.http.Headers;
import multicloud.gateway.http.Response;

/** Stops and starts the demo's clouds: {@code POST /stop/aws}, {@code POST /start/aws}. */
final class CloudSwitch implements Handler {
    private static final Headers TEXT = Headers.of("content-type", "text/plain");

    private final List<StandInCloud> clouds;
    private final DemoVoice voice;

    CloudSwitch(List<StandInCloud> clouds, DemoVoice voice) {
        this.clouds = clouds;
        this.voice = voice;
    }

    @Override
    public Response handle(Exchange exchange) {
        String[] words = exchange.request().target().path().substring(1).split("/", -1);
        boolean known = words.length == 2 && List.of("stop", "start").contains(words[0]);
        for (StandInCloud cloud : clouds) {
            if (known && cloud.alias().equals(words[1])) {
                return exchange.request().method().equals("POST")
                        ? turn(cloud, words[0].equals("start"))
                        : say(405, "POST it\n");
            }
        }
        return say(404, "POST /stop/CLOUD or /start/CLOUD\n");
    }

    private Response turn(StandInCloud cloud, boolean on) {
        try {
            if (on) {
                cloud.start();
            } else {
                cloud.close();
            }
        } catch (Unavailable e) {
            return say(503, e.getMessage() + "\n");
        }
        voice.turned(cloud.alias(), on);
        return say(200, cloud.alias() + (on ? " runs\n" : " is stopped\n"));
    }

    private static Response say(int status, String text) {
        return new Response(status, TEXT, Body.of(text.getBytes(UTF_8)));
    }
}
