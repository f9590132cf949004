package multicloud.gateway.auth;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import multicloud.gateway.config.AuthorizerConfig.Expected;
import multicloud.gateway.http.Failure;
import org.jspecify.annotations.Nullable;

/** What the claims of a verified token must say (RFC 7519, section 4.1). Immutable. */
final class ClaimRules {
    private final Expected expected;
    private final InstantSource clock;

    ClaimRules(Expected expected, InstantSource clock) {
        this.expected = expected;
        this.clock = clock;
    }

    /** What is wrong with them, or null. */
    @Nullable
    Failure check(Map<String, @Nullable Object> claims) {
        if (!expected.issuer().equals(claims.get("iss")) || !isForUs(claims.get("aud"))) {
            return Failure.TOKEN_CLAIM_REFUSED;
        }
        return checkTimes(claims);
    }

    private boolean isForUs(@Nullable Object audience) {
        return switch (audience) {
            case String one -> expected.audiences().contains(one);
            case Collection<?> several ->
                several.stream().allMatch(String.class::isInstance)
                        && several.stream().anyMatch(expected.audiences()::contains);
            case null, default -> false;
        };
    }

    private @Nullable Failure checkTimes(Map<String, @Nullable Object> claims) {
        double now = seconds(clock.instant());
        double leeway = expected.leeway().toMillis() / 1000.0;
        boolean ends = claims.containsKey("exp");
        if (ends ? !(claims.get("exp") instanceof Number) : expected.requireExp()) {
            return Failure.TOKEN_CLAIM_REFUSED;
        }
        if (claims.get("exp") instanceof Number end && now - leeway >= end.doubleValue()) {
            return Failure.TOKEN_EXPIRED;
        }
        if (claims.containsKey("nbf")) {
            return claims.get("nbf") instanceof Number start
                    ? now + leeway >= start.doubleValue() ? null : Failure.TOKEN_NOT_YET
                    : Failure.TOKEN_CLAIM_REFUSED;
        }
        return null;
    }

    private static double seconds(Instant instant) {
        return instant.toEpochMilli() / 1000.0;
    }

    /** What the token may do: the words of {@code scope} (RFC 8693, section 4.2), or the members of a list. */
    static Set<String> scopes(@Nullable Object scope) {
        Set<String> scopes = new LinkedHashSet<>();
        switch (scope) {
            case String words -> scopes.addAll(List.of(words.split(" ")));
            case Collection<?> list ->
                list.forEach(word -> {
                    if (word instanceof String text) {
                        scopes.add(text);
                    }
                });
            case null, default -> {}
        }
        scopes.remove("");
        return scopes;
    }
}
