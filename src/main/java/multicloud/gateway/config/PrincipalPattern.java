package multicloud.gateway.config;

/**
 * Principals of AWS that are let in. A {@code *} stands for any run of characters within one part of a name; what stands before the
 * name, the account above all, is exact. A role stands for its sessions, whose ARNs are those that AWS tells (IAM user guide, IAM
 * identifiers).
 *
 * @param text as the document has it
 * @param pattern what the caller's ARN is compared with
 */
public record PrincipalPattern(String text, String pattern) {
    private static final int PARTS = 6;
    private static final int ACCOUNT_DIGITS = 12;
    private static final String NAME_MARKS = "_+=,.@-*";

    /** Whether a caller's ARN is one of them. */
    public boolean matches(String arn) {
        return matches(pattern, arn);
    }

    /** Where the part behind a star does not fit, the star takes one character more. */
    private static boolean matches(String pattern, String text) {
        int at = 0;
        int star = -1;
        int taken = 0;
        int i = 0;
        while (i < text.length()) {
            boolean wild = at < pattern.length() && pattern.charAt(at) == '*';
            if (wild) {
                star = at++;
                taken = i;
            } else if (at < pattern.length() && pattern.charAt(at) == text.charAt(i)) {
                at++;
                i++;
            } else if (star >= 0 && text.charAt(taken) != '/' && text.charAt(taken) != ':') {
                at = star + 1;
                i = ++taken;
            } else {
                return false;
            }
        }
        while (at < pattern.length() && pattern.charAt(at) == '*') {
            at++;
        }
        return at == pattern.length();
    }

    /** Reads a principal: a user, a role, a role's session, a federated user or an account's root. */
    static PrincipalPattern parse(String text) throws InvalidPrincipal {
        String[] parts = text.split(":", -1);
        if (parts.length != PARTS || !parts[0].equals("arn") || !parts[1].startsWith("aws") || !parts[3].isEmpty()) {
            throw new InvalidPrincipal("a principal is an ARN such as arn:aws:iam::123456789012:role/NAME");
        }
        String account = parts[4];
        if (account.length() != ACCOUNT_DIGITS || !account.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new InvalidPrincipal(
                    "the account is 12 digits: anybody can name a role so in an account of their own");
        }
        String[] names = parts[5].split("/", -1);
        for (String name : names) {
            if (!isName(name)) {
                throw new InvalidPrincipal("a name has letters, digits, _+=,.@- and *");
            }
        }
        return new PrincipalPattern(text, pattern(parts, names));
    }

    private static String pattern(String[] parts, String[] names) throws InvalidPrincipal {
        String arn = String.join(":", parts);
        String kind = parts[2] + ":" + names[0];
        return switch (kind) {
            case "iam:root" -> ofLength(names, 1, arn);
            case "iam:user" -> ofLength(names, Math.max(2, names.length), arn);
            case "sts:assumed-role" -> ofLength(names, 3, arn);
            case "sts:federated-user" -> ofLength(names, 2, arn);
            case "iam:role" -> {
                if (names.length > 2) {
                    throw new InvalidPrincipal(
                            "AWS does not tell the path of a caller's role: write role/" + names[names.length - 1]);
                }
                yield "arn:" + parts[1] + ":sts::" + parts[4] + ":assumed-role/" + ofLength(names, 2, names[1]) + "/*";
            }
            default ->
                throw new InvalidPrincipal(
                        "callers are iam root, user/NAME and role/NAME, and sts assumed-role/ROLE/SESSION and"
                                + " federated-user/NAME");
        };
    }

    private static String ofLength(String[] names, int length, String result) throws InvalidPrincipal {
        if (names.length != length) {
            throw new InvalidPrincipal("the name is incomplete, or has a part too many");
        }
        return result;
    }

    private static boolean isName(String name) {
        return !name.isEmpty()
                && name.chars()
                        .allMatch(c -> c >= 'a' && c <= 'z'
                                || c >= 'A' && c <= 'Z'
                                || c >= '0' && c <= '9'
                                || NAME_MARKS.indexOf(c) >= 0);
    }

    /** A text that is no principal; the message is for the document's author. */
    static final class InvalidPrincipal extends Exception {
        private static final long serialVersionUID = 1L;

        private final String message;

        InvalidPrincipal(String message) {
            super(message, null, false, false);
            this.message = message;
        }

        String message() {
            return message;
        }
    }
}
