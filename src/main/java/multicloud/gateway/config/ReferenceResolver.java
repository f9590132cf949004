package multicloud.gateway.config;

import multicloud.gateway.config.Node.Origin;
import multicloud.gateway.config.Node.Text;
import multicloud.gateway.config.References.Kind;
import org.jspecify.annotations.Nullable;

/** Puts in place of {@code $env.NAME} and {@code $secret.NAME} what they stand for. */
final class ReferenceResolver {
    private static final String[] PREFIXES = {"$env.", "$secret.", "$secrets."};

    private final References references;
    private final Findings findings;

    ReferenceResolver(References references, Findings findings) {
        this.references = references;
        this.findings = findings;
    }

    /** The string as a node; one that cannot be resolved is reported and stays opaque. */
    Text text(int offset, String written) {
        String prefix = prefix(written);
        if (prefix == null) {
            return new Text(offset, written, null);
        }
        Kind kind = prefix.equals("$env.") ? Kind.ENV : Kind.SECRET;
        String name = written.substring(prefix.length());
        String value = null;
        if (!isName(name)) {
            findings.error(
                    Rule.REFERENCE,
                    offset,
                    "a reference is the whole of its string, " + prefix + "NAME with a NAME of letters, digits and _: "
                            + Names.quoted(written) + " is none");
        } else if (isLookedUp()) {
            value = lookUp(offset, kind, name, written);
        }
        if (value != null) {
            return new Text(offset, value, new Origin(written, kind, true));
        }
        boolean masked = kind == Kind.SECRET && !references.equals(References.AS_WRITTEN);
        return new Text(offset, masked ? Secret.MASK : written, new Origin(written, kind, false));
    }

    private boolean isLookedUp() {
        return !references.equals(References.UNRESOLVED) && !references.equals(References.AS_WRITTEN);
    }

    private @Nullable String lookUp(int offset, Kind kind, String name, String written) {
        String value = references.lookup(kind, name);
        if (value == null) {
            String reason = kind == Kind.ENV ? "the environment does not set it" : "there is no such secret";
            findings.error(Rule.REFERENCE, offset, Names.shortened(written) + " has no value: " + reason);
        } else if (value.isEmpty() && kind == Kind.SECRET) {
            findings.error(Rule.REFERENCE, offset, Names.shortened(written) + " has no value: the secret is empty");
            return null;
        }
        return value;
    }

    private static @Nullable String prefix(String written) {
        if (!written.startsWith("$")) {
            return null;
        }
        for (String prefix : PREFIXES) {
            if (written.startsWith(prefix)) {
                return prefix;
            }
        }
        return null;
    }

    private static boolean isName(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
            if (!letter && (i == 0 || c < '0' || c > '9')) {
                return false;
            }
        }
        return !name.isEmpty();
    }
}
