package dev.muster.apiserver.accesstoken;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.identity.AccessTokenForm;
import dev.muster.api.identity.IdentityGroup;
import dev.muster.api.kinds.Kinds;
import dev.muster.api.meta.ApiObject;
import dev.muster.api.meta.StatusException;
import dev.muster.core.identity.User;
import dev.muster.testkit.clock.ManualClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MintingTest {

    private static final User JANE =
            User.of("jane", "developers", "users", "system:authenticated", "system:masters", "users");

    private final ManualClock clock = new ManualClock();
    private final Minting minting = new Minting(
            Kinds.load()
                    .byResource(IdentityGroup.NAME, IdentityGroup.V1ALPHA1, "accesstokens")
                    .orElseThrow(),
            Duration.ofDays(90),
            clock,
            new Random(3));

    private Minting.Minted mint(User user, Consumer<ObjectNode> change) {
        var tree = JsonNodeFactory.instance.objectNode();
        tree.putObject("metadata").put("name", "ci");
        change.accept(tree.putObject("spec"));
        return minting.mint(user, ApiObject.of(tree));
    }

    private static List<String> groups(Minting.Minted minted) {
        return minted.object()
                .tree()
                .path("spec")
                .path("user")
                .path("groups")
                .valueStream()
                .map(one -> one.asText())
                .toList();
    }

    @Test
    void whatIsKeptHasTheHashAndNotTheToken() {
        var minted = mint(JANE, spec -> {});
        assertThat(minted.token()).matches("muster_at_[A-Za-z0-9_-]{43}");
        assertThat(minted.object().tree().path("status").path("hash").asText())
                .isEqualTo(AccessTokenForm.hash(minted.token()));
        assertThat(minted.object().tree().toString()).doesNotContain(minted.token());
    }

    @Test
    void noGroupOfTheSystemIsGiven() {
        assertThat(groups(mint(JANE, spec -> {}))).containsExactly("developers", "users");
    }

    @Test
    void fewerGroupsMayBeAskedForAndNoOthers() {
        assertThat(groups(mint(JANE, spec -> spec.putArray("groups").add("users"))))
                .containsExactly("users");
        for (String group : List.of("admins", "system:masters", "system:authenticated")) {
            assertThatThrownBy(() -> mint(JANE, spec -> spec.putArray("groups").add(group)))
                    .isInstanceOf(StatusException.class)
                    .hasMessageContaining("spec.groups[0]");
        }
    }

    @Test
    void whoMadeItIsNotTheBodysToSay() {
        var minted = mint(JANE, spec -> spec.putObject("user").put("username", "root"));
        assertThat(minted.object().tree().at("/spec/user/username").asText()).isEqualTo("jane");
    }

    @Test
    void itLastsThirtyDaysAndNoLongerThanAllowed() {
        assertThat(seconds(mint(JANE, spec -> {})))
                .isEqualTo(Duration.ofDays(30).toSeconds());
        var forever = mint(JANE, spec -> spec.put("expirationSeconds", Long.MAX_VALUE));
        assertThat(seconds(forever)).isEqualTo(Duration.ofDays(90).toSeconds());
        assertThat(forever.shortened()).isTrue();
    }

    private static long seconds(Minting.Minted minted) {
        return minted.object().tree().at("/spec/expirationSeconds").asLong();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "system:serviceaccount:default:default",
                "system:node:one",
                "system:anonymous",
                "system:bootstrap:abcdef"
            })
    void machinesGetNone(String name) {
        assertThatThrownBy(() -> mint(User.of(name), spec -> {}))
                .isInstanceOf(StatusException.class)
                .hasMessageContaining("is not a person");
    }

    @Test
    void oneDoesNotMakeAnother() {
        var bearer = new User("jane", "", List.of(), Map.of(User.ACCESS_TOKEN, List.of("ci")));
        assertThatThrownBy(() -> mint(bearer, spec -> {}))
                .isInstanceOf(StatusException.class)
                .hasMessageContaining("an access token cannot make another");
    }
}
