package multicloud.gateway.jose;

/** The kinds of keys that tokens are signed with; each algorithm takes keys of one kind alone. */
public enum KeyType {
    /** A secret that issuer and gateway share. */
    SECRET,
    /** RSA with at least 2,048 bits. */
    RSA,
    P256,
    P384,
    P521,
    ED25519
}
