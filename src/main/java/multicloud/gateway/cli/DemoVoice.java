package multicloud.gateway.cli;

import java.io.PrintStream;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import multicloud.gateway.http.Exchange;
import multicloud.gateway.http.Notes.Attempt;
import multicloud.gateway.local.RequestLog;

/** What the demo says while it runs: a line for each request, up to some a second, and one for each change of the config. */
final class DemoVoice implements RequestLog {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private static final int MOST_A_SECOND = 12;
    private static final int REQUEST = 28;
    private static final int WHERE = 20;

    private final PrintStream out;
    private final Style style;
    private final InstantSource clock;
    private int said;
    private long unsaid;

    DemoVoice(PrintStream out, Style style, InstantSource clock) {
        this.out = out;
        this.style = style;
        this.clock = clock;
    }

    @Override
    public synchronized void over(Exchange exchange, int status, long bytesOut) {
        if (said == MOST_A_SECOND) {
            unsaid++;
            return;
        }
        said++;
        String request =
                exchange.request().method() + " " + exchange.request().target().path();
        List<Attempt> attempts = exchange.notes().attempts();
        String where = attempts.isEmpty() ? style.dim(pad("the gateway itself", WHERE)) : cloud(attempts.getLast());
        long millis = TimeUnit.NANOSECONDS.toMillis(exchange.notes().elapsedNanos());
        say(pad(request, REQUEST) + " → " + where + "  " + status(status) + style.dim("  " + millis + " ms")
                + failed(attempts));
    }

    /** Who was asked in vain before. */
    private String failed(List<Attempt> attempts) {
        return attempts.size() < 2
                ? ""
                : style.dim("  after ")
                        + attempts.subList(0, attempts.size() - 1).stream()
                                .map(attempt -> style.red(attempt.target()))
                                .collect(Collectors.joining(", "));
    }

    /** Begins another second. */
    synchronized void tick() {
        catchUp();
        said = 0;
    }

    /** Tells of the requests before an event before it tells of that. */
    private void catchUp() {
        if (unsaid > 0) {
            say(style.dim("… and " + unsaid + " more"));
        }
        unsaid = 0;
    }

    synchronized void changed(List<String> moves) {
        catchUp();
        say(style.green("config changed") + (moves.isEmpty() ? "" : ": " + String.join(", ", moves)));
    }

    synchronized void refused(String file, List<String> problems) {
        catchUp();
        say(style.red("config refused") + ", the one before goes on answering:");
        problems.forEach(problem -> out.println("          " + file + ":" + problem));
        out.flush();
    }

    synchronized void unreachable(String reason) {
        catchUp();
        say(style.yellow("config unreachable") + ", the one before goes on answering: " + reason);
    }

    synchronized void turned(String cloud, boolean on) {
        catchUp();
        say(coloured(style, cloud) + (on ? style.green(" runs") : style.red(" is stopped")));
    }

    /** A cloud's name in its colour. */
    static String coloured(Style style, String cloud) {
        return switch (cloud) {
            case "aws" -> style.yellow(cloud);
            case "gcp" -> style.green(cloud);
            case "azure" -> style.blue(cloud);
            default -> style.bold(cloud);
        };
    }

    private String cloud(Attempt attempt) {
        String cloud = attempt.cloud() == null ? attempt.target() : attempt.cloud();
        String region = attempt.region() == null ? "" : " " + attempt.region();
        return coloured(style, cloud) + style.dim(pad(region, WHERE - cloud.length()));
    }

    private String status(int status) {
        String text = Integer.toString(status);
        return status < 400 ? style.green(text) : status < 500 ? style.yellow(text) : style.red(text);
    }

    private void say(String line) {
        String time =
                LocalTime.ofInstant(clock.instant(), ZoneId.systemDefault()).format(TIME);
        out.println(style.dim(time) + "  " + line);
        out.flush();
    }

    private static String pad(String text, int width) {
        return text.length() >= width ? text : text + " ".repeat(width - text.length());
    }
}
