package multicloud.gateway.jose;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.Map;
import multicloud.gateway.jose.Jwk.UnusableKey;

/** Reads the numbers of public keys (RFC 7518, section 6; RFC 8037, section 2), and holds them to what makes them safe. */
final class PublicKeys {
    private static final int LEAST_RSA_BITS = 2048;
    private static final int MOST_RSA_BITS = 16_384;
    private static final int ED25519_BYTES = 32;

    private PublicKeys() {}

    static PublicKey read(Map<?, ?> members) throws UnusableKey {
        try {
            return switch (text(members, "kty")) {
                case "RSA" -> rsa(number(members, "n"), number(members, "e"));
                case "EC" -> elliptic(curve(text(members, "crv")), number(members, "x"), number(members, "y"));
                case "OKP" -> edwards(members);
                default -> throw new UnusableKey("its kty is none of \"RSA\", \"EC\" and \"OKP\"");
            };
        } catch (GeneralSecurityException e) {
            throw new UnusableKey("it is none");
        }
    }

    static KeyType type(PublicKey key) throws UnusableKey {
        return switch (key) {
            case RSAPublicKey rsa -> KeyType.RSA;
            case EdECPublicKey edwards -> KeyType.ED25519;
            case ECPublicKey elliptic ->
                switch (elliptic.getParams().getOrder().bitLength()) {
                    case 256 -> KeyType.P256;
                    case 384 -> KeyType.P384;
                    default -> KeyType.P521;
                };
            default -> throw new UnusableKey("it is none");
        };
    }

    private static PublicKey rsa(BigInteger modulus, BigInteger exponent) throws GeneralSecurityException, UnusableKey {
        if (modulus.bitLength() < LEAST_RSA_BITS || modulus.bitLength() > MOST_RSA_BITS) {
            throw new UnusableKey("an RSA key has " + LEAST_RSA_BITS + " bits or more (RFC 7518, 3.3)");
        }
        if (!exponent.testBit(0) || exponent.bitLength() < 2 || exponent.bitLength() > 64) {
            throw new UnusableKey("its \"e\" is no public exponent");
        }
        return KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, exponent));
    }

    private static String curve(String name) throws UnusableKey {
        return switch (name) {
            case "P-256" -> "secp256r1";
            case "P-384" -> "secp384r1";
            case "P-521" -> "secp521r1";
            default -> throw new UnusableKey("its crv is none of \"P-256\", \"P-384\" and \"P-521\"");
        };
    }

    private static PublicKey elliptic(String curve, BigInteger x, BigInteger y)
            throws GeneralSecurityException, UnusableKey {
        AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new ECGenParameterSpec(curve));
        ECParameterSpec spec = parameters.getParameterSpec(ECParameterSpec.class);
        BigInteger p = ((ECFieldFp) spec.getCurve().getField()).getP();
        BigInteger right = x.pow(3)
                .add(spec.getCurve().getA().multiply(x))
                .add(spec.getCurve().getB())
                .mod(p);
        boolean inField = x.compareTo(p) < 0 && y.compareTo(p) < 0;
        if (!inField || !y.multiply(y).mod(p).equals(right)) {
            throw new UnusableKey("its point is not on the curve");
        }
        return KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(new ECPoint(x, y), spec));
    }

    /** The y coordinate in little-endian order; the highest bit is x's lowest (RFC 8032, section 5.1.2). */
    private static PublicKey edwards(Map<?, ?> members) throws GeneralSecurityException, UnusableKey {
        byte[] bytes = bytes(members, "x");
        if (!"Ed25519".equals(members.get("crv")) || bytes.length != ED25519_BYTES) {
            throw new UnusableKey("it is no Ed25519 key");
        }
        byte[] y = new byte[ED25519_BYTES];
        for (int i = 0; i < ED25519_BYTES; i++) {
            y[i] = bytes[ED25519_BYTES - 1 - i];
        }
        boolean odd = (y[0] & 0x80) != 0;
        y[0] &= 0x7f;
        EdECPoint point = new EdECPoint(odd, new BigInteger(1, y));
        return KeyFactory.getInstance("Ed25519")
                .generatePublic(new EdECPublicKeySpec(NamedParameterSpec.ED25519, point));
    }

    private static BigInteger number(Map<?, ?> members, String name) throws UnusableKey {
        return new BigInteger(1, bytes(members, name));
    }

    private static byte[] bytes(Map<?, ?> members, String name) throws UnusableKey {
        String text = text(members, name);
        if (text.isEmpty()) {
            throw new UnusableKey("its \"" + name + "\" is missing");
        }
        try {
            return Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new UnusableKey("its \"" + name + "\" is not in base64url");
        }
    }

    private static String text(Map<?, ?> members, String name) {
        return members.get(name) instanceof String text ? text : "";
    }
}
