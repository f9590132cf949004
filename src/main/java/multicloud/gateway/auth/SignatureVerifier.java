package multicloud.gateway.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.util.Base64URL;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import multicloud.gateway.jose.Algorithm;
import multicloud.gateway.jose.Jwk;

/** Verifies signatures by one algorithm with one key; the token's header has no say in either. Safe for use by many threads. */
interface SignatureVerifier {
    /** Whether the token was signed so. */
    boolean verifies(Jws token);

    /** One for a shared secret, which must be as long as the algorithm's hash. */
    static SignatureVerifier of(Algorithm algorithm, String secret) {
        try {
            return library(algorithm, new MACVerifier(secret.getBytes(UTF_8)));
        } catch (JOSEException e) {
            throw new IllegalArgumentException("a secret that is too short", e);
        }
    }

    /** One for a public key that fits the algorithm. */
    static SignatureVerifier of(Algorithm algorithm, Jwk key) {
        try {
            return switch (key.key()) {
                case RSAPublicKey rsa -> library(algorithm, new RSASSAVerifier(rsa));
                case ECPublicKey elliptic -> library(algorithm, new ECDSAVerifier(elliptic));
                case PublicKey edwards -> token -> verifiesEdDsa(edwards, token);
            };
        } catch (JOSEException e) {
            throw new IllegalArgumentException("a key of another kind", e);
        }
    }

    private static SignatureVerifier library(Algorithm algorithm, JWSVerifier verifier) {
        JWSHeader header = new JWSHeader(JWSAlgorithm.parse(algorithm.name()));
        return token -> {
            try {
                return verifier.verify(header, token.signed(), new Base64URL(token.signature()));
            } catch (JOSEException e) {
                return false;
            }
        };
    }

    /** The library's own way of Ed25519 needs another library; the JDK has it (RFC 8032). */
    private static boolean verifiesEdDsa(PublicKey key, Jws token) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initVerify(key);
            signature.update(token.signed());
            return signature.verify(Base64.getUrlDecoder().decode(token.signature()));
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
