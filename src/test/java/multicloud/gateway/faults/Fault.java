package multicloud.gateway.faults;

import java.util.List;
import multicloud.gateway.faults.FaultyCloud.Flapping;
import multicloud.gateway.faults.FaultyCloud.Nobody;
import multicloud.gateway.faults.FaultyCloud.Scripted;
import multicloud.gateway.faults.FaultyCloud.Unnamed;
import multicloud.gateway.faults.FaultyCloud.Unreachable;
import multicloud.gateway.faults.FaultyCloud.Untrusted;

/** What may be wrong with the first of two clouds, and what the client gets then: the table of the documentation. */
record Fault(String title, Starting starting, Fate get, Fate post, Fate postWithKey, Fate streamed) {
    private static final List<Fault> ALL = List.of(
            new Fault("refuses connections", Nobody::new, Fate.OTHER, Fate.OTHER, Fate.OTHER, Fate.OTHER),
            new Fault("its name does not resolve", Unnamed::new, Fate.OTHER, Fate.OTHER, Fate.OTHER, Fate.OTHER),
            new Fault(
                    "its certificate is not to be trusted",
                    Untrusted::new,
                    Fate.OTHER,
                    Fate.OTHER,
                    Fate.OTHER,
                    Fate.OTHER),
            new Fault("drops every packet", Unreachable::new, Fate.OTHER, Fate.OTHER, Fate.OTHER, Fate.OTHER),
            new Fault(
                    "resets before it answers",
                    () -> new Scripted(peer -> {
                        peer.request();
                        peer.reset();
                    }),
                    Fate.OTHER,
                    Fate.RESET,
                    Fate.OTHER,
                    Fate.RESET),
            new Fault(
                    "resets in the middle of a head",
                    () -> new Scripted(peer -> {
                        peer.request();
                        peer.send("HTTP/1.1 200 OK\r\nContent-Le").reset();
                    }),
                    Fate.OTHER,
                    Fate.RESET,
                    Fate.OTHER,
                    Fate.RESET),
            new Fault(
                    "ends in the middle of a body",
                    () -> new Scripted(peer -> {
                        peer.request();
                        peer.send("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\nfirst")
                                .close();
                    }),
                    Fate.BROKEN,
                    Fate.BROKEN,
                    Fate.BROKEN,
                    Fate.BROKEN),
            new Fault(
                    "does not answer in time",
                    () -> new Scripted(peer -> {
                        peer.request();
                        peer.awaitClose();
                    }),
                    Fate.OTHER,
                    Fate.TIMEOUT,
                    Fate.OTHER,
                    Fate.TIMEOUT),
            new Fault(
                    "sends its body slowly",
                    () -> new Scripted(peer -> {
                        peer.request();
                        peer.send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\n");
                        for (String letter : "first".split("")) {
                            peer.closesWithin(30);
                            peer.send(letter);
                        }
                    }),
                    Fate.FIRST,
                    Fate.FIRST,
                    Fate.FIRST,
                    Fate.FIRST),
            new Fault(
                    "stops in the middle of a body",
                    () -> new Scripted(peer -> {
                        peer.request();
                        peer.send("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\nfirst")
                                .awaitClose();
                    }),
                    Fate.BROKEN,
                    Fate.BROKEN,
                    Fate.BROKEN,
                    Fate.BROKEN),
            new Fault(
                    "answers 500 to everything",
                    () -> Scripted.answering(500),
                    Fate.ANSWER,
                    Fate.ANSWER,
                    Fate.ANSWER,
                    Fate.ANSWER),
            new Fault(
                    "answers 502 to everything",
                    () -> Scripted.answering(502),
                    Fate.OTHER,
                    Fate.ANSWER,
                    Fate.OTHER,
                    Fate.ANSWER),
            new Fault(
                    "answers 503 to everything",
                    () -> Scripted.answering(503),
                    Fate.OTHER,
                    Fate.ANSWER,
                    Fate.OTHER,
                    Fate.ANSWER),
            new Fault(
                    "answers 429 to everything",
                    () -> Scripted.answering(429),
                    Fate.ANSWER,
                    Fate.ANSWER,
                    Fate.ANSWER,
                    Fate.ANSWER),
            new Fault("resets every other second", Flapping::new, Fate.OTHER, Fate.RESET, Fate.OTHER, Fate.RESET));

    /** Starts a cloud with the fault. */
    @FunctionalInterface
    interface Starting {
        FaultyCloud start() throws Exception;
    }

    static List<Fault> all() {
        return ALL;
    }

    FaultyCloud start() throws Exception {
        return starting.start();
    }

    /** What the client gets while the fault lasts. */
    Fate of(Sent sent) {
        return switch (sent) {
            case GET -> get;
            case POST -> post;
            case POST_WITH_KEY -> postWithKey;
            case STREAMED_PUT -> streamed;
        };
    }

    /** Whether it is one of those that retries and breakers are for. */
    boolean isCounted() {
        return get == Fate.OTHER;
    }

    @Override
    public String toString() {
        return title;
    }
}
