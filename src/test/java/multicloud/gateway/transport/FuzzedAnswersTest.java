package multicloud.gateway.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import multicloud.gateway.http.BodyFailure;
import multicloud.gateway.http.Failure;
import multicloud.gateway.http.Response;
import multicloud.gateway.testing.RawUpstream;
import org.junit.jupiter.api.Test;

/** Bytes made by chance, always the same ones: whatever a peer sends is an answer or one of the known failures, and ends. */
class FuzzedAnswersTest extends TransportTesting {
    private static final long SEED = 20_260_401;
    private static final List<String> GOOD = List.of(
            OK,
            "HTTP/1.1 200 OK\r\nServer: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6;a=b\r\n world\r\n0\r\nT: 1\r\n\r\n",
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 404 Not Found\r\nSet-Cookie: a\r\nSet-Cookie: b\r\nContent-Length: 11\r\n\r\nhello world",
            "HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\nhello",
            "HTTP/1.1 204 No Content\r\nDate: now\r\n\r\n",
            "HTTP/1.1 200 OK\r\nKeep-Alive: timeout=5, max=7\r\nConnection: keep-alive\r\nContent-Length: 5\r\n\r\nhello");
    private static final String TELLING = "\r\n:; \t,+-0123456789abcdefxX\u0000\u007f\u0080\u00ffHTP/.";

    /** The pieces of the answer the next connection gives. */
    private final ConcurrentLinkedQueue<List<byte[]>> next = new ConcurrentLinkedQueue<>();

    private RawUpstream scripted() throws Exception {
        return upstream(peer -> {
            peer.request();
            for (byte[] piece : next.remove()) {
                peer.send(piece);
            }
        });
    }

    /** What became of one answer: {@code status fields body} of a whole one, else the failure. */
    private String result(RawUpstream upstream, List<byte[]> pieces) throws Exception {
        next.add(pieces);
        Outcome outcome = get(upstream);
        transport.closeIdle();
        return switch (outcome) {
            case Outcome.Failed failed -> known(failed.failure());
            case Outcome.Answered(Response response) -> {
                try {
                    List<String> fields = new ArrayList<>();
                    response.headers().forEach((name, value) -> fields.add(name + ": " + value));
                    yield response.status() + " " + fields + " " + text(response);
                } catch (BodyFailure e) {
                    yield "body " + known(e.failure());
                } finally {
                    transport.closeIdle();
                }
            }
        };
    }

    private static String known(Failure failure) {
        assertThat(failure).isIn(Failure.UPSTREAM_MALFORMED, Failure.UPSTREAM_RESET);
        return failure.code();
    }

    private static byte[] mutated(Random random) {
        byte[] bytes = GOOD.get(random.nextInt(GOOD.size())).getBytes(StandardCharsets.ISO_8859_1);
        for (int i = 1 + random.nextInt(3); i > 0 && bytes.length > 0; i--) {
            int at = random.nextInt(bytes.length);
            int until = Math.min(bytes.length, at + 1 + random.nextInt(4));
            byte[] telling = {(byte) TELLING.charAt(random.nextInt(TELLING.length()))};
            bytes = switch (random.nextInt(5)) {
                case 0 -> joined(bytes, at, telling, at + 1);
                case 1 -> joined(bytes, at, telling, at);
                case 2 -> joined(bytes, at, new byte[0], until);
                case 3 -> joined(bytes, until, Arrays.copyOfRange(bytes, at, until), until);
                default -> Arrays.copyOf(bytes, at);
            };
        }
        return bytes;
    }

    private static byte[] joined(byte[] bytes, int until, byte[] middle, int from) {
        byte[] joined = Arrays.copyOf(bytes, until + middle.length + bytes.length - from);
        System.arraycopy(middle, 0, joined, until, middle.length);
        System.arraycopy(bytes, from, joined, until + middle.length, bytes.length - from);
        return joined;
    }

    @Test
    void whateverAPeerSendsEndsInAKnownWay() throws Exception {
        Random random = new Random(SEED);
        RawUpstream upstream = scripted();
        Map<Kind, Integer> seen = new EnumMap<>(Kind.class);
        for (int i = 0; i < 3_000; i++) {
            byte[] bytes = i % 5 == 0 ? new byte[random.nextInt(300)] : mutated(random);
            if (i % 5 == 0) {
                random.nextBytes(bytes);
            }
            seen.merge(Kind.of(result(upstream, List.of(bytes))), 1, Integer::sum);
        }
        assertThat(seen).as("the mutations reach every end").containsOnlyKeys(Kind.values());
    }

    private enum Kind {
        WHOLE,
        MALFORMED_HEAD,
        NO_HEAD,
        MALFORMED_BODY,
        HALF_BODY;

        static Kind of(String result) {
            return switch (result) {
                case "upstream_malformed" -> MALFORMED_HEAD;
                case "upstream_reset" -> NO_HEAD;
                case "body upstream_malformed" -> MALFORMED_BODY;
                case "body upstream_reset" -> HALF_BODY;
                default -> WHOLE;
            };
        }
    }

    @Test
    void anAnswerIsReadTheSameHoweverItIsCutIntoPieces() throws Exception {
        Random random = new Random(SEED);
        RawUpstream upstream = scripted();
        for (int i = 0; i < 300; i++) {
            byte[] bytes =
                    i % 2 == 0 ? GOOD.get(i / 2 % GOOD.size()).getBytes(StandardCharsets.ISO_8859_1) : mutated(random);
            List<byte[]> pieces = new ArrayList<>();
            for (int from = 0; from < bytes.length; ) {
                int until = Math.min(bytes.length, from + 1 + random.nextInt(12));
                pieces.add(Arrays.copyOfRange(bytes, from, until));
                from = until;
            }
            assertThat(result(upstream, pieces))
                    .as(new String(bytes, StandardCharsets.ISO_8859_1))
                    .isEqualTo(result(upstream, List.of(bytes)));
        }
    }
}
