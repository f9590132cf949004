package multicloud.gateway.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import multicloud.gateway.http.Body;
import multicloud.gateway.http.Failure;
import multicloud.gateway.testing.RawUpstream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressesTest extends TransportTesting {
    private final AtomicInteger lookups = new AtomicInteger();

    private void resolvingTo(String... addresses) {
        List<InetAddress> found = new ArrayList<>();
        for (String address : addresses) {
            found.add(InetAddress.ofLiteral(address));
        }
        resolving(name -> found);
    }

    private void resolving(Resolver resolver) {
        transport.close();
        transport = transport(
                ConnectionLimits.DEFAULT,
                name -> {
                    lookups.incrementAndGet();
                    return resolver.resolve(name);
                },
                null);
    }

    private Outcome ask(String host, int port, AddressRule rule) {
        return transport.send(
                call(new Origin(false, host, port, rule), request("GET", "/", Body.absent()), withConnect(500)));
    }

    private void isRefused(Outcome outcome) {
        assertThat(failed(outcome, Stage.ADDRESS, Failure.ADDRESS_REFUSED).requestSent())
                .isFalse();
    }

    @Test
    void aNameThatLeadsToLoopbackIsRefusedUnlessPrivateAddressesAreAllowed() throws Exception {
        RawUpstream upstream = upstream(RawUpstream.answering(OK));
        resolvingTo("127.0.0.1");
        isRefused(ask("orders.example.com", upstream.port(), AddressRule.PUBLIC));
        assertThat(upstream.connections()).isZero();
        answered(ask("orders.example.com", upstream.port(), AddressRule.PRIVATE));
        assertThat(upstream.requests().getFirst().head())
                .contains("\r\nHost: orders.example.com:" + upstream.port() + "\r\n");
        isRefused(ask("orders.example.com", upstream.port(), AddressRule.PUBLIC));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "169.254.169.254",
                "0.0.0.0",
                "::",
                "fe80::1",
                "224.0.0.1",
                "ff02::1",
                "fd00:ec2::254",
                "100.100.100.200",
                "255.255.255.255"
            })
    void forbiddenAddressesAreRefusedHoweverTheyAreNamed(String address) {
        for (AddressRule rule : List.of(AddressRule.PUBLIC, AddressRule.PRIVATE)) {
            isRefused(ask(address, 80, rule));
            resolvingTo(address);
            isRefused(ask("metadata.example.com", 80, rule));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.1", "172.16.0.1", "192.168.0.1", "100.64.0.1", "fd12::1", "::1", "127.8.8.8"})
    void privateAddressesAreRefusedWhereOnlyPublicOnesMayBe(String address) {
        isRefused(ask(address, 80, AddressRule.PUBLIC));
    }

    @Test
    void theFirstAllowedAddressIsUsed() throws Exception {
        RawUpstream upstream = upstream(RawUpstream.answering(OK));
        resolvingTo("169.254.169.254", "127.0.0.1");
        answered(ask("two.example.com", upstream.port(), AddressRule.PRIVATE));
        assertThat(upstream.connections()).isEqualTo(1);
    }

    @Test
    void anAddressThatRefusesIsFollowedByTheNext() throws Exception {
        RawUpstream upstream = upstream(RawUpstream.answering(OK));
        resolvingTo("127.0.0.2", "127.0.0.1");
        answered(ask("two.example.com", upstream.port(), AddressRule.PRIVATE));
    }

    @ParameterizedTest
    @EnumSource(AddressRule.class)
    void literalAddressesAreNeverLookedUp(AddressRule rule) throws Exception {
        RawUpstream upstream = upstream(RawUpstream.answering(OK));
        resolving(name -> {
            throw new AssertionError(name);
        });
        Outcome outcome = ask("127.0.0.1", upstream.port(), rule);
        assertThat(outcome instanceof Outcome.Answered).isEqualTo(rule != AddressRule.PUBLIC);
        assertThat(lookups).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:%d", "localhost:%d", "[::1]:%d", "127.0.0.9:%d"})
    void theRuntimeApiIsReachedByTheOperatorAlone(String name) throws Exception {
        RawUpstream upstream = upstream(RawUpstream.answering(OK));
        RawUpstream neighbour = upstream(RawUpstream.answering(OK));
        transport.close();
        transport = transport(ConnectionLimits.DEFAULT, Resolver.system(), String.format(name, upstream.port()));
        isRefused(ask("127.0.0.1", upstream.port(), AddressRule.PRIVATE));
        isRefused(ask("localhost", upstream.port(), AddressRule.PRIVATE));
        answered(ask("127.0.0.1", upstream.port(), AddressRule.ANY));
        answered(ask("127.0.0.1", neighbour.port(), AddressRule.PRIVATE));
    }

    @Test
    void anUnknownNameIsOne() {
        resolving(name -> {
            throw new UnknownHostException(name);
        });
        failed(ask("nowhere.invalid", 80, AddressRule.PUBLIC), Stage.DNS, Failure.DNS_FAILED);
        resolvingTo();
        failed(ask("nowhere.invalid", 80, AddressRule.PUBLIC), Stage.DNS, Failure.DNS_FAILED);
        resolving(name -> {
            throw new IllegalStateException("broken resolver");
        });
        failed(ask("nowhere.invalid", 80, AddressRule.PUBLIC), Stage.DNS, Failure.DNS_FAILED);
    }

    @Test
    void aResolverThatHangsCostsTheConnectTimeoutAndOneThread() throws Exception {
        CountDownLatch released = new CountDownLatch(1);
        resolving(name -> {
            try {
                released.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return List.of();
        });
        for (int i = 0; i < 3; i++) {
            Origin origin = new Origin(false, "slow.example.com", 80, AddressRule.PUBLIC);
            Outcome outcome = transport.send(call(origin, request("GET", "/", Body.absent()), withConnect(60)));
            failed(outcome, Stage.DNS, Failure.UPSTREAM_TIMEOUT);
        }
        assertThat(lookups).hasValue(1);
        released.countDown();
    }
}
