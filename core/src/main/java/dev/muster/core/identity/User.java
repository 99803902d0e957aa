package dev.muster.core.identity;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * An authenticated caller, as Kubernetes' {@code user.Info}.
 *
 * @param name the user name; never empty for an accepted user
 * @param uid an identifier that distinguishes two users of the same name over time; empty when the source has none
 * @param groups group names in the order the source gave them, duplicates kept
 * @param extra further facts, keyed by lower-case names; values in order
 */
public record User(String name, String uid, List<String> groups, Map<String, List<String>> extra) {

    /** The name of a caller who presented nothing. */
    public static final String ANONYMOUS = "system:anonymous";

    /** The group of callers who presented nothing. */
    public static final String UNAUTHENTICATED = "system:unauthenticated";

    /** The group added to everybody who proved an identity. */
    public static final String AUTHENTICATED = "system:authenticated";

    /** The group that is allowed everything before any policy is asked. */
    public static final String MASTERS = "system:masters";

    /** The extra key that names the credential: {@code X509SHA256=...} or {@code JTI=...}. */
    public static final String CREDENTIAL_ID = "authentication.kubernetes.io/credential-id";

    /** The extra key that names the AccessToken object of who was let in by one. */
    public static final String ACCESS_TOKEN = "identity.muster.dev/access-token";

    public User {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(uid, "uid");
        groups = List.copyOf(groups);
        extra = extra.isEmpty() ? Map.of() : copy(extra);
    }

    /** Keeps the order, which {@link Map#copyOf} does not. */
    private static Map<String, List<String>> copy(Map<String, List<String>> extra) {
        var copy = new LinkedHashMap<String, List<String>>();
        extra.forEach((key, values) -> copy.put(key, List.copyOf(values)));
        return Collections.unmodifiableMap(copy);
    }

    /** A user with groups and nothing else. */
    public static User of(String name, String... groups) {
        return new User(name, "", List.of(groups), Map.of());
    }

    /** The caller who presented nothing. */
    public static User anonymous() {
        return of(ANONYMOUS, UNAUTHENTICATED);
    }

    /** Exact membership; group names are opaque and case-sensitive. */
    public boolean isIn(String group) {
        return groups.contains(group);
    }

    /** This user with one more group at the end. */
    public User withGroup(String group) {
        var more = new ArrayList<>(groups);
        more.add(group);
        return new User(name, uid, more, extra);
    }
}
