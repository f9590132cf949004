package multicloud.gateway.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import multicloud.gateway.config.ConfigReader;
import multicloud.gateway.config.PathConfig;
import multicloud.gateway.config.PathConfig.HttpProxy;
import multicloud.gateway.config.PathConfig.LoginStep;
import multicloud.gateway.config.PathConfig.StaticAnswer;
import multicloud.gateway.config.PathConfig.SupabaseStep;
import multicloud.gateway.config.Reading;
import multicloud.gateway.config.References;
import multicloud.gateway.source.LiveGateway;
import multicloud.gateway.source.LiveGateway.Status;

/** Looks at the demo's config and says what has become of it. Used by one thread. */
final class DemoWatch {
    private final LiveGateway live;
    private final Path file;
    private final DemoVoice voice;
    private Status known;
    private Map<String, String> routes = Map.of();

    DemoWatch(LiveGateway live, Path file, DemoVoice voice) {
        this.live = live;
        this.file = file;
        this.voice = voice;
        this.known = live.status();
        this.routes = routes();
    }

    void look() {
        live.look();
        Status now = live.status();
        if (now.equals(known)) {
            return;
        }
        switch (now) {
            case Status.Loaded loaded -> {
                Map<String, String> before = routes;
                routes = routes();
                voice.changed(moves(before, routes));
            }
            case Status.Refused(var problems) -> voice.refused(file.toString(), problems);
            case Status.Unreachable(String reason) -> voice.unreachable(reason);
        }
        known = now;
    }

    /** Where each path goes, as the file says now; as it did before where it cannot be read. */
    private Map<String, String> routes() {
        try {
            Reading reading = ConfigReader.read(Files.readAllBytes(file), References.UNRESOLVED);
            if (reading instanceof Reading.Accepted(var config, var warnings)) {
                Map<String, String> all = new LinkedHashMap<>();
                config.paths().forEach(path -> all.put(path.route().pattern().text(), end(path)));
                return all;
            }
        } catch (IOException replacedMeanwhile) {
            // The next look sees what came instead.
        }
        return routes;
    }

    private static String end(PathConfig path) {
        return switch (path.integration()) {
            case HttpProxy proxy -> proxy.server();
            case LoginStep step -> step.authorizer();
            case SupabaseStep step -> "supabase";
            case StaticAnswer answer -> "the gateway itself";
        };
    }

    private static List<String> moves(Map<String, String> before, Map<String, String> after) {
        List<String> moves = new ArrayList<>();
        after.forEach((path, end) -> {
            if (!end.equals(before.get(path))) {
                moves.add(path + " → " + end);
            }
        });
        before.keySet().stream().filter(path -> !after.containsKey(path)).forEach(path -> moves.add(path + " is gone"));
        return moves;
    }
}
