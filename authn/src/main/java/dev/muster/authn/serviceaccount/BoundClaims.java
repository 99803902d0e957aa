package dev.muster.authn.serviceaccount;

import dev.muster.core.issuing.AccountId;
import dev.muster.core.issuing.TokenOrder.Bound;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The claims of a token with an end; times in seconds since 1970.
 *
 * @param id {@code jti}; older tokens have none
 */
record BoundClaims(
        AccountId account,
        Times times,
        Optional<String> id,
        Optional<Bound> pod,
        Optional<Bound> secret,
        Optional<Bound> node) {

    /** The claim that holds what only Kubernetes knows of. */
    static final String PRIVATE = "kubernetes.io";

    /** When it is good. */
    record Times(long issued, long notBefore, long expires, OptionalLong warnAfter) {}

    /** Empty when something is missing or of another type, or when subject and account disagree. */
    static Optional<BoundClaims> of(Map<String, Object> claims) {
        if (!(claims.get(PRIVATE) instanceof Map<?, ?> own) || !(claims.get("exp") instanceof Long expires)) {
            return Optional.empty();
        }
        var account = bound(own, "serviceaccount");
        String namespace = text(own, "namespace");
        if (account.isEmpty() || namespace.isEmpty() || account.get().uid().isEmpty()) {
            return Optional.empty();
        }
        var id = new AccountId(namespace, account.get().name(), account.get().uid());
        if (!id.userName().equals(claims.get("sub")) || isSpoilt(own)) {
            return Optional.empty();
        }
        var times = new Times(
                number(claims, "iat").orElse(0), number(claims, "nbf").orElse(0), expires, number(own, "warnafter"));
        return Optional.of(new BoundClaims(
                id,
                times,
                Optional.of(text(claims, "jti")).filter(jti -> !jti.isEmpty()),
                bound(own, "pod"),
                bound(own, "secret"),
                bound(own, "node")));
    }

    /** A reference that is there and cannot be read must not count as none. */
    private static boolean isSpoilt(Map<?, ?> own) {
        return List.of("pod", "secret", "node").stream()
                .anyMatch(kind -> own.containsKey(kind) && bound(own, kind).isEmpty());
    }

    private static Optional<Bound> bound(Map<?, ?> own, String kind) {
        if (!(own.get(kind) instanceof Map<?, ?> reference)) {
            return Optional.empty();
        }
        String name = text(reference, "name");
        return name.isEmpty() ? Optional.empty() : Optional.of(new Bound(name, text(reference, "uid")));
    }

    static String text(Map<?, ?> of, String claim) {
        return of.get(claim) instanceof String text ? text : "";
    }

    private static OptionalLong number(Map<?, ?> of, String claim) {
        return of.get(claim) instanceof Long number ? OptionalLong.of(number) : OptionalLong.empty();
    }
}
