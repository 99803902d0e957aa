package dev.muster.authn.revocable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.api.codec.Yaml;
import dev.muster.api.kinds.Kinds;
import dev.muster.api.meta.ApiObject;
import dev.muster.api.meta.StatusException;
import dev.muster.api.strategy.WriteGuard.Attempt;
import dev.muster.core.identity.User;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose revocations one may touch. */
class OwnRevocationsTest {

    private static final Kinds KINDS = Kinds.load();
    private static final List<String> AIMED_AT_JOHN = List.of(
            "{token: {id: a}, subject: john}",
            "{certificate: {publicKeyHash: aa}, subject: john}",
            "{user: {name: john, issuedBefore: \"2026-01-01T00:00:00Z\"}}",
            "{user: {name: john, uid: \"7\", issuedBefore: \"2026-01-01T00:00:00Z\"}}");

    private static void attempt(String user, String verb, String spec, boolean isThere) {
        attempt(user, user, verb, spec, isThere);
    }

    private static void attempt(String user, String caller, String verb, String spec, boolean isThere) {
        String yaml = "metadata: {name: x}\nspec: " + spec + "\n";
        var object = ApiObject.of(
                Yaml.parseObject(yaml.getBytes(StandardCharsets.UTF_8)).value());
        var type = KINDS.byResource("identity.muster.dev", "v1alpha1", "revocations")
                .orElseThrow();
        new OwnRevocations()
                .check(new Attempt(
                        User.of(user, User.MASTERS),
                        User.of(caller, User.MASTERS),
                        verb,
                        type,
                        "",
                        "x",
                        object,
                        isThere ? Optional.of(object) : Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"update", "patch", "delete"})
    void nobodyTouchesOneAimedAtThemselvesWhateverTheirGroups(String verb) {
        for (String spec : AIMED_AT_JOHN) {
            assertThatThrownBy(() -> attempt("john", verb, spec, true))
                    .isInstanceOfSatisfying(StatusException.class, e -> {
                        assertThat(e.status().code()).isEqualTo(403);
                        assertThat(e.status().message()).contains("a revocation aimed at themselves");
                    });
            assertThatCode(() -> attempt("jane", verb, spec, true)).doesNotThrowAnyException();
        }
    }

    @Test
    void norByActingAsAnotherNorDoesAnotherByActingAsThem() {
        for (String spec : AIMED_AT_JOHN) {
            assertThatThrownBy(() -> attempt("jane", "john", "delete", spec, true))
                    .hasMessageContaining("a credential of john");
            assertThatThrownBy(() -> attempt("john", "jane", "delete", spec, true))
                    .hasMessageContaining("a credential of john");
        }
    }

    @Test
    void everybodyMayTakeBackWhatIsTheirOwn() {
        AIMED_AT_JOHN.forEach(spec -> attempt("john", "create", spec, false));
    }
}
