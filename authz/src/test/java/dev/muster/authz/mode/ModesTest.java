package dev.muster.authz.mode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.core.access.Attributes;
import dev.muster.core.access.AuthorizerUnion;
import dev.muster.core.access.Decision;
import dev.muster.core.access.RuleResolver;
import dev.muster.core.identity.User;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModesTest {

    @Test
    void mastersMayDoEverythingBeforeAnythingElseIsAsked() {
        var all = new AuthorizerUnion(List.of(new Superuser(), attributes -> Decision.deny("never")));
        assertThat(all.authorize(healthz(User.of("root", "a", "system:masters"))))
                .isInstanceOf(Decision.Allow.class);
        assertThat(all.authorize(healthz(User.of("system:masters", "system:masters2", "System:masters"))))
                .isInstanceOf(Decision.Deny.class);
    }

    @Test
    void alwaysDenySaysThatEverythingIsForbiddenAndLeavesItToLaterModes() {
        var decision = (Decision.NoOpinion) new AlwaysDeny().authorize(healthz(User.of("ann")));
        assertThat(decision.grounds().text()).isEqualTo("Everything is forbidden.");
        assertThat(decision.failed()).isFalse();
        assertThat(new AlwaysDeny().rulesFor(User.of("ann"), "ns").resourceRules())
                .isEmpty();
    }

    @Test
    void alwaysAllowAllowsAnonymousToo() {
        assertThat(new AlwaysAllow().authorize(healthz(User.anonymous()))).isInstanceOf(Decision.Allow.class);
    }

    @Test
    void rulesOfSeveralModesAreListedOneAfterTheOther() {
        RuleResolver unable =
                (user, namespace) -> new RuleResolver.Rules(List.of(), List.of(), true, List.of("cannot list"));
        var rules =
                new RuleResolvers(List.of(new AlwaysAllow(), unable, new AlwaysDeny())).rulesFor(User.of("ann"), "ns");
        assertThat(rules.resourceRules()).hasSize(1);
        assertThat(rules.pathRules()).hasSize(1);
        assertThat(rules.incomplete()).isTrue();
        assertThat(rules.errors()).containsExactly("cannot list");
    }

    private static Attributes healthz(User user) {
        return new Attributes.PathAttributes(user, "get", "/healthz");
    }
}
