package dev.muster.authz.rbac.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.authz.rbac.Binding;
import dev.muster.authz.rbac.PolicyFeed;
import dev.muster.authz.rbac.Role;
import dev.muster.authz.rbac.RoleRef;
import dev.muster.authz.rbac.Rule;
import dev.muster.authz.rbac.Subject;
import dev.muster.authz.rbac.Trees;
import dev.muster.core.access.Attributes.ResourceAttributes;
import dev.muster.core.access.Decision;
import dev.muster.core.identity.User;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ConcurrentReadersTest {

    private static final Rule SECRETS = Rule.of(List.of("get"), List.of(""), List.of("secrets"));
    private static final Rule PODS = Rule.of(List.of("get"), List.of(""), List.of("pods"));

    /** Bound while the role is narrow, unbound before it is wide: no moment gives secrets. */
    @Test
    void noReaderJoinsAnOldBindingWithANewRole() throws InterruptedException {
        var feed = new PolicyFeed();
        var index = new RbacIndex((key, why) -> {});
        var rbac = new RbacAuthorizer(index);
        var binding = new Binding("", "b", List.of(Subject.user("ann")), RoleRef.clusterRole("r"));
        var secrets = ResourceAttributes.of(User.of("ann"), "get", "", "", "secrets", "", "");
        var pods = ResourceAttributes.of(User.of("ann"), "get", "", "", "pods", "", "");
        var stop = new AtomicBoolean();
        var wrong = new AtomicInteger();
        var right = new AtomicInteger();
        Thread reader = Thread.ofPlatform().start(() -> {
            while (!stop.get()) {
                if (rbac.authorize(secrets) instanceof Decision.Allow) {
                    wrong.incrementAndGet();
                }
                if (rbac.authorize(pods) instanceof Decision.Allow allow
                        && allow.grounds().text().contains("\"r\"")) {
                    right.incrementAndGet();
                }
            }
        });
        for (int i = 0; i < 20_000 || right.get() == 0; i++) {
            PolicyFeed.apply(index, feed.put(new Role("", "r", List.of(PODS))));
            PolicyFeed.apply(index, feed.put(binding));
            PolicyFeed.apply(index, feed.delete(Trees.key(binding)));
            PolicyFeed.apply(index, feed.put(new Role("", "r", List.of(SECRETS))));
        }
        stop.set(true);
        reader.join();
        assertThat(wrong).hasValue(0);
        assertThat(right.get()).isPositive();
    }
}
