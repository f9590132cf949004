package multicloud.gateway.transport;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import multicloud.gateway.http.Deadline;
import multicloud.gateway.http.Failure;
import org.jspecify.annotations.Nullable;

/**
 * Turns hosts into addresses within a deadline, though the system's resolver knows none: each name is looked up on a thread of its
 * own, and calls that want the same name meanwhile wait for the same answer. So a resolver that hangs costs one thread per name.
 */
final class Lookup {
    private final Resolver resolver;
    private final ConcurrentMap<String, FutureTask<List<InetAddress>>> running = new ConcurrentHashMap<>();

    Lookup(Resolver resolver) {
        this.resolver = resolver;
    }

    /** The addresses of a host; an address literal is its own and never looked up. */
    List<InetAddress> addresses(String host, Deadline limit) throws CallFailure {
        InetAddress literal = literal(host);
        if (literal != null) {
            return List.of(literal);
        }
        try {
            List<InetAddress> addresses = task(host).get(Math.max(0, limit.remainingNanos()), TimeUnit.NANOSECONDS);
            if (addresses.isEmpty()) {
                throw new CallFailure(Stage.DNS, Failure.DNS_FAILED, new UnknownHostException("no address"));
            }
            return addresses;
        } catch (TimeoutException e) {
            IOException tooSlow = new SocketTimeoutException("the name was not resolved in time");
            throw new CallFailure(Stage.DNS, Failure.UPSTREAM_TIMEOUT, tooSlow);
        } catch (ExecutionException e) {
            IOException cause = e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
            throw new CallFailure(Stage.DNS, Failure.DNS_FAILED, cause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            IOException interrupted = new InterruptedIOException("interrupted while resolving a name");
            throw new CallFailure(Stage.DNS, Failure.DNS_FAILED, interrupted);
        }
    }

    private FutureTask<List<InetAddress>> task(String host) {
        return running.computeIfAbsent(host, name -> {
            FutureTask<List<InetAddress>> task = new FutureTask<>(() -> {
                try {
                    return resolver.resolve(name);
                } finally {
                    running.remove(name);
                }
            });
            Thread.ofPlatform().daemon().name("dns").start(task);
            return task;
        });
    }

    /** Every literal ends in a digit or has a colon, and asking the JDK about a name costs an exception. */
    static @Nullable InetAddress literal(String host) {
        boolean candidate =
                host.indexOf(':') >= 0 || (!host.isEmpty() && Character.isDigit(host.charAt(host.length() - 1)));
        if (!candidate) {
            return null;
        }
        try {
            return InetAddress.ofLiteral(host);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
