package multicloud.gateway.http;

import java.net.InetAddress;

/**
 * What kind of machine an IP address leads to: one on the internet, one nearby, or one that no document may ever name.
 *
 * <p>An IPv6 address that carries an IPv4 address (mapped, compatible and translated, RFC 4291 and 2765; 6to4, RFC 3056; NAT64,
 * RFC 6052 and 8215) leads where that one leads. Sources: the IANA registries of special-purpose addresses (RFC 6890) and the
 * clouds' pages on their metadata services. Pure: no name is looked up.
 */
public enum AddressClass {
    /** An address of the internet. */
    PUBLIC,
    /** Loopback, private (RFC 1918), shared (RFC 6598), unique local (RFC 4193) and what else is reached only from nearby. */
    LOCAL,
    /** Link-local (so most metadata services), unspecified, multicast, broadcast, and the metadata addresses elsewhere. */
    FORBIDDEN;

    private static final int ALIBABA_METADATA = v4(100, 100, 100, 200);
    private static final int AZURE_WIRE_SERVER = v4(168, 63, 129, 16);
    private static final int ORACLE_METADATA = v4(192, 0, 0, 192);
    private static final int BROADCAST = v4(255, 255, 255, 255);

    /** The class of an address. */
    public static AddressClass of(InetAddress address) {
        return of(address.getAddress());
    }

    /**
     * The class of an address in network byte order.
     *
     * @throws IllegalArgumentException when it has neither 4 nor 16 bytes
     */
    public static AddressClass of(byte[] address) {
        return switch (address.length) {
            case 4 -> ofV4(word(address, 0));
            case 16 -> ofV6(address);
            default -> throw new IllegalArgumentException("an address has 4 or 16 bytes, not " + address.length);
        };
    }

    private static AddressClass ofV4(int address) {
        if (within(address, v4(0, 0, 0, 0), 8)
                || within(address, v4(169, 254, 0, 0), 16)
                || within(address, v4(224, 0, 0, 0), 4)
                || address == BROADCAST
                || address == ALIBABA_METADATA
                || address == AZURE_WIRE_SERVER
                || address == ORACLE_METADATA) {
            return FORBIDDEN;
        }
        boolean local = within(address, v4(127, 0, 0, 0), 8)
                || within(address, v4(10, 0, 0, 0), 8)
                || within(address, v4(172, 16, 0, 0), 12)
                || within(address, v4(192, 168, 0, 0), 16)
                || within(address, v4(100, 64, 0, 0), 10)
                || within(address, v4(192, 0, 0, 0), 24)
                || within(address, v4(198, 18, 0, 0), 15)
                || within(address, v4(240, 0, 0, 0), 4);
        return local ? LOCAL : PUBLIC;
    }

    private static AddressClass ofV6(byte[] address) {
        int first = word(address, 0);
        int second = word(address, 4);
        int third = word(address, 8);
        int last = word(address, 12);
        if (first == 0 && second == 0) {
            return ofLowest(third, last);
        }
        if (within(first, 0xff00_0000, 8) || within(first, 0xfe80_0000, 10) || isMetadata(first, second, third, last)) {
            return FORBIDDEN;
        }
        if (within(first, 0xfc00_0000, 7) || within(first, 0xfec0_0000, 10)) {
            return LOCAL;
        }
        if (within(first, 0x2002_0000, 16)) {
            return ofV4(first << 16 | second >>> 16);
        }
        if (first == 0x0064_ff9b) {
            return ofTranslated(second, third, last);
        }
        return PUBLIC;
    }

    /** Addresses that begin with 64 zero bits: unspecified, loopback, and IPv4 mapped, translated or compatible. */
    private static AddressClass ofLowest(int third, int last) {
        if (third == 0 && last == 1) {
            return LOCAL;
        }
        boolean carriesV4 = third == 0 || third == 0x0000_ffff || third == 0xffff_0000;
        return carriesV4 ? ofV4(last) : FORBIDDEN;
    }

    /** NAT64: the well-known prefix has the IPv4 address at its end, the local-use one also behind its 48 bits. */
    private static AddressClass ofTranslated(int second, int third, int last) {
        if (second == 0 && third == 0) {
            return ofV4(last);
        }
        if (!within(second, 0x0001_0000, 16)) {
            return PUBLIC;
        }
        int behindPrefix = second << 16 | (third >>> 8 & 0xffff);
        boolean forbidden = (last != 0 && ofV4(last) == FORBIDDEN) || (third != 0 && ofV4(behindPrefix) == FORBIDDEN);
        return forbidden ? FORBIDDEN : LOCAL;
    }

    /** AWS has all of fd00:ec2::/32; Google fd20:ce::254; Akamai fd00:a9fe:a9fe::1; Scaleway fd00:42::42. */
    private static boolean isMetadata(int first, int second, int third, int last) {
        return first == 0xfd00_0ec2
                || (first == 0xfd20_00ce && second == 0 && third == 0 && last == 0x254)
                || (first == 0xfd00_a9fe && second == 0xa9fe_0000 && third == 0 && last == 1)
                || (first == 0xfd00_0042 && second == 0 && third == 0 && last == 0x42);
    }

    private static boolean within(int address, int network, int prefix) {
        return (address ^ network) >>> (32 - prefix) == 0;
    }

    private static int v4(int a, int b, int c, int d) {
        return a << 24 | b << 16 | c << 8 | d;
    }

    private static int word(byte[] bytes, int from) {
        return v4(bytes[from] & 0xff, bytes[from + 1] & 0xff, bytes[from + 2] & 0xff, bytes[from + 3] & 0xff);
    }
}
