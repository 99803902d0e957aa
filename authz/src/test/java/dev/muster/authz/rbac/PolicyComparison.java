package dev.muster.authz.rbac;

import dev.muster.api.meta.ApiObject;
import dev.muster.authz.rbac.index.RbacAuthorizer;
import dev.muster.authz.rbac.index.RbacIndex;
import dev.muster.authz.rbac.naive.NaiveRbac;
import dev.muster.core.access.Attributes;
import dev.muster.core.access.Decision;
import dev.muster.core.identity.User;
import dev.muster.core.store.Cache;
import dev.muster.core.store.Key;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Generated histories: after each change the index that was changed, an index built afresh and the naive evaluator are asked
 * the same questions. Throws what differs first; needs no test framework, so that mutants can be run against it.
 */
public final class PolicyComparison {

    private final GeneratedPolicy chance;
    private final PolicyFeed feed = new PolicyFeed();
    private final Map<Key, Role> roles = new LinkedHashMap<>();
    private final Map<Key, Binding> bindings = new LinkedHashMap<>();
    private final RbacIndex changed = new RbacIndex((key, why) -> {
        throw new AssertionError(key + ": " + why);
    });

    private PolicyComparison(long seed) {
        this.chance = new GeneratedPolicy(seed);
        for (int i = chance.upTo(3) * chance.upTo(100); i > 0; i--) {
            change();
        }
        changed.reset(feed.snapshot());
    }

    /** Runs that many histories of that many changes. */
    public static void run(long firstSeed, int histories, int changes, int requests) {
        for (long seed = firstSeed; seed < firstSeed + histories; seed++) {
            var comparison = new PolicyComparison(seed);
            try {
                for (int i = 0; i < changes; i++) {
                    comparison.change();
                    comparison.compare(requests);
                }
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed + ": " + e, e);
            }
        }
    }

    private void apply(Cache.Change<ApiObject> change) {
        PolicyFeed.apply(changed, change);
    }

    private void change() {
        switch (chance.upTo(5)) {
            case 0, 1 -> {
                Role role = chance.role();
                roles.put(Trees.key(role), role);
                apply(feed.put(role));
            }
            case 2, 3 -> {
                Binding binding = chance.binding();
                bindings.put(Trees.key(binding), binding);
                apply(feed.put(binding));
            }
            default -> {
                if (!feed.keys().isEmpty()) {
                    Key key = chance.any(feed.keys());
                    roles.remove(key);
                    bindings.remove(key);
                    apply(feed.delete(key));
                }
            }
        }
    }

    private void compare(int requests) {
        var fresh = new RbacIndex((key, why) -> {
            throw new AssertionError(key + ": " + why);
        });
        fresh.reset(feed.snapshot());
        var one = new RbacAuthorizer(changed);
        var other = new RbacAuthorizer(fresh);
        var oracle = new NaiveRbac(roles.values(), bindings.values());
        for (int i = 0; i < requests; i++) {
            Attributes request = chance.request();
            String expected = described(oracle.authorize(request));
            same(request, expected, described(one.authorize(request)));
            same(request, expected, described(other.authorize(request)));
        }
        User user = chance.user();
        String namespace = chance.namespace();
        var expected = oracle.rulesFor(user, namespace);
        same(user, expected, one.rulesFor(user, namespace));
        same(user, expected, other.rulesFor(user, namespace));
        var bound = oracle.bindingsOf(user, namespace);
        same(user, bound, one.bindingsOf(user, namespace));
        same(user, bound, other.bindingsOf(user, namespace));
    }

    private static void same(Object question, Object expected, Object actual) {
        if (!expected.equals(actual)) {
            throw new AssertionError(question + "\n expected " + expected + "\n but was  " + actual);
        }
    }

    /** Everything a decision says: its kind, its sentence, what is behind it. */
    private static String described(Decision decision) {
        return switch (decision) {
            case Decision.Allow allow ->
                "allow " + Explained.behind(allow).orElseThrow() + " "
                        + Optional.of(allow.grounds().text());
            case Decision.NoOpinion none ->
                "none " + none.failed() + " " + none.grounds().text();
            case Decision.Deny deny -> "deny " + deny.grounds().text();
            case Decision.Elsewhere elsewhere -> "elsewhere " + elsewhere;
        };
    }
}
