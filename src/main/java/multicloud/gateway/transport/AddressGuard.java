package multicloud.gateway.transport;

import java.net.InetAddress;
import multicloud.gateway.http.AddressClass;
import org.jspecify.annotations.Nullable;

/** Decides which addresses may be connected to. Immutable. */
final class AddressGuard {
    private final @Nullable InetAddress runtimeAddress;
    private final int runtimePort;

    /**
     * @param runtimeApi host and port of the Lambda Runtime API, as {@code AWS_LAMBDA_RUNTIME_API} has them; null outside Lambda
     */
    AddressGuard(@Nullable String runtimeApi) {
        int colon = runtimeApi == null ? -1 : runtimeApi.lastIndexOf(':');
        runtimePort = runtimeApi == null ? -1 : colon < 0 ? 80 : Integer.parseInt(runtimeApi.substring(colon + 1));
        runtimeAddress = runtimeApi == null
                ? null
                : Lookup.literal(bare(colon < 0 ? runtimeApi : runtimeApi.substring(0, colon)));
    }

    boolean allows(AddressRule rule, InetAddress address, int port) {
        return switch (rule) {
            case ANY -> true;
            case PRIVATE -> AddressClass.of(address) != AddressClass.FORBIDDEN && !isRuntimeApi(address, port);
            case PUBLIC -> AddressClass.of(address) == AddressClass.PUBLIC && !isRuntimeApi(address, port);
        };
    }

    /** Every loopback address reaches what listens on one of them; a Runtime API given by a name is on this machine. */
    private boolean isRuntimeApi(InetAddress address, int port) {
        if (port != runtimePort) {
            return false;
        }
        boolean onLoopback = runtimeAddress == null || runtimeAddress.isLoopbackAddress();
        return address.equals(runtimeAddress) || (onLoopback && address.isLoopbackAddress());
    }

    private static String bare(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }
}
