package multicloud.gateway.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;
import multicloud.gateway.faults.Outage;
import multicloud.gateway.faults.Outage.Gets;
import multicloud.gateway.faults.Outage.Kind;

/**
 * What a dead cloud costs those who ask: {@code FailoverFigures ROUNDS} sends 100,000 GETs for each kind of outage, in interleaved
 * rounds, and as many mixed requests while both clouds fail at random; prints Markdown.
 */
public final class FailoverFigures {
    private static final int REQUESTS = 100_000;
    private static final int THREADS = 8;

    private FailoverFigures() {}

    public static void main(String[] args) throws Exception {
        int rounds = Integer.parseInt(args[0]);
        int each = REQUESTS / rounds;
        Outage.gets(Kind.NONE, each, THREADS);
        Map<Kind, List<Gets>> all = new EnumMap<>(Kind.class);
        for (int i = 0; i < rounds; i++) {
            for (Kind kind : Kind.values()) {
                all.computeIfAbsent(kind, none -> new ArrayList<>()).add(Outage.gets(kind, each, THREADS));
            }
        }
        System.out.println("| the first of two clouds | GETs | failed | p50 ms | p99 ms | p99 added | longest ms |");
        System.out.println("|---|---:|---:|---:|---:|---:|---:|");
        all.forEach((kind, gets) -> row(kind, gets, all.get(Kind.NONE)));
        Outage.Mixed mixed = Outage.mixed(42, REQUESTS / 10, THREADS);
        System.out.printf(
                Locale.ROOT,
                "%n%,d GETs, POSTs, and POSTs with a key while both clouds reset, stall and answer 502 and 503 at random (three in ten): "
                        + "%.1f %% answered 200, POSTs without a key that reached clouds twice: **%d**, others that did: %d.%n",
                REQUESTS / 10,
                mixed.answered() * 100.0 / (REQUESTS / 10),
                mixed.postsTwice(),
                mixed.othersTwice());
        System.exit(0);
    }

    private static void row(Kind kind, List<Gets> gets, List<Gets> well) {
        String name = switch (kind) {
            case NONE -> "is well";
            case REFUSED -> "refuses connections";
            case BLACKHOLE -> "drops every packet";
        };
        double[] added = new double[gets.size()];
        for (int i = 0; i < added.length; i++) {
            added[i] = (gets.get(i).quantile(0.99) - well.get(i).quantile(0.99)) / 1e6;
        }
        System.out.printf(
                Locale.ROOT,
                "| %s | %,d | **%d** | %s | %s | %s | %s |%n",
                name,
                gets.stream().mapToInt(each -> each.nanos().size()).sum(),
                gets.stream().mapToInt(Gets::failed).sum(),
                spread(gets, each -> each.quantile(0.5)),
                spread(gets, each -> each.quantile(0.99)),
                kind == Kind.NONE ? "" : spread(added),
                spread(gets, each -> each.quantile(1)));
    }

    private static String spread(List<Gets> gets, ToLongFunction<Gets> figure) {
        return spread(gets.stream()
                .mapToDouble(each -> figure.applyAsLong(each) / 1e6)
                .toArray());
    }

    private static String spread(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return String.format(
                Locale.ROOT, "%.2f (%.2f to %.2f)", sorted[sorted.length / 2], sorted[0], sorted[sorted.length - 1]);
    }
}
