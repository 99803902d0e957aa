package dev.muster.authn.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.meta.ApiObject;
import dev.muster.authn.bearer.BearerExtractor;
import dev.muster.core.identity.Audiences;
import dev.muster.core.identity.Authenticator;
import dev.muster.core.identity.Outcome;
import dev.muster.core.identity.Proof;
import dev.muster.core.identity.User;
import dev.muster.core.secret.Secret;
import dev.muster.testkit.authn.AuthenticatorConformance;
import dev.muster.testkit.authn.Presented;
import dev.muster.testkit.clock.ManualClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BootstrapTokensTest {

    private static final String ID = "abcdef";
    private static final String KEY = "0123456789abcdef";
    private static final String GOOD = ID + "." + KEY;

    private final ManualClock clock = new ManualClock();
    private final Map<String, ApiObject> secrets = new HashMap<>();
    private final BootstrapTokens tokens = new BootstrapTokens(name -> Optional.ofNullable(secrets.get(name)), clock);

    private static ObjectNode usual() {
        var tree = JsonNodeFactory.instance.objectNode();
        tree.put("type", "bootstrap.kubernetes.io/token");
        tree.putObject("metadata").put("namespace", "kube-system").put("name", "bootstrap-token-" + ID);
        put(tree, "token-id", ID);
        put(tree, "token-secret", KEY);
        put(tree, "usage-bootstrap-authentication", "true");
        return tree;
    }

    private static void put(ObjectNode secret, String key, String value) {
        secret.withObjectProperty("data")
                .put(key, Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8)));
    }

    private void store(Consumer<ObjectNode> change) {
        var tree = usual();
        change.accept(tree);
        secrets.put("bootstrap-token-" + ID, ApiObject.of(tree));
    }

    private Outcome of(String token) {
        return tokens.authenticate(Secret.of(token), Audiences.UNSPECIFIED);
    }

    private static Outcome accepted(String... groups) {
        return Outcome.accepted(User.of("system:bootstrap:" + ID, groups));
    }

    @Test
    void whoPresentsAGoodTokenIsSystemBootstrapId() {
        store(tree -> {});
        assertThat(of(GOOD)).isEqualTo(accepted("system:bootstrappers"));
    }

    @Test
    void extraGroupsAreSortedAndEachOnce() {
        store(tree -> put(
                tree,
                "auth-extra-groups",
                "system:bootstrappers:zoo,system:bootstrappers:a:b-c,system:bootstrappers:zoo"));
        assertThat(of(GOOD))
                .isEqualTo(accepted("system:bootstrappers", "system:bootstrappers:a:b-c", "system:bootstrappers:zoo"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                GOOD + "\n",
                GOOD + " ",
                " " + GOOD,
                "ABCDEF." + KEY,
                "abcde." + KEY,
                "abcdefg." + KEY,
                ID + "." + "0123456789abcde",
                ID + "." + "0123456789abcdef0",
                ID + "." + "0123456789abcdeF",
                ID + "." + "\u0660\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668\u0669abcdef",
                ID + KEY,
                "." + KEY,
                ID + ".",
                GOOD + "\n" + GOOD
            })
    void whatIsNotOfTheExactFormIsNobodys(String token) {
        store(tree -> {});
        assertThat(of(token)).isEqualTo(Outcome.NOT_MINE);
    }

    /** What is wrong with a Secret whose token is otherwise right. */
    record Wrong(String what, Consumer<ObjectNode> change) {
        @Override
        public String toString() {
            return what;
        }
    }

    private static Wrong value(String key, String value) {
        return new Wrong(key + " = '" + value + "'", tree -> put(tree, key, value));
    }

    private static Wrong without(String key) {
        return new Wrong("no " + key, tree -> tree.withObjectProperty("data").remove(key));
    }

    static List<Wrong> wrong() {
        String usage = "usage-bootstrap-authentication";
        return List.of(
                new Wrong(
                        "being deleted",
                        tree -> tree.withObjectProperty("metadata").put("deletionTimestamp", "2026-01-01T00:00:00Z")),
                new Wrong("another type", tree -> tree.put("type", "Opaque")),
                new Wrong("no type", tree -> tree.remove("type")),
                new Wrong("no data", tree -> tree.remove("data")),
                new Wrong(
                        "data that is no Base64",
                        tree -> tree.withObjectProperty("data").put("expiration", "***")),
                without("token-secret"),
                value("token-secret", ""),
                value("token-secret", "0123456789abcdee"),
                value("token-secret", KEY + "\n"),
                without("token-id"),
                value("token-id", "abcdeg"),
                value("token-id", ID + "\n"),
                value("expiration", "2026-03-01T11:59:59Z"),
                value("expiration", "2026-03-01T12:00:00Z"),
                value("expiration", "2026-03-01T14:00:00+02:00"),
                value("expiration", "garbage"),
                value("expiration", "2999-01-01T00:00:00Z\n"),
                value("expiration", "2999-02-30T00:00:00Z"),
                value("expiration", "2999-01-01"),
                value("expiration", "32503680000"),
                value("expiration", " "),
                without(usage),
                value(usage, "True"),
                value(usage, "true\n"),
                value(usage, "true "),
                value(usage, "1"),
                value(usage, "yes"),
                value(usage, "false"),
                value(usage, ""),
                value("auth-extra-groups", "system:masters"),
                value("auth-extra-groups", "system:bootstrappers"),
                value("auth-extra-groups", "system:bootstrappers:"),
                value("auth-extra-groups", "system:bootstrappers:a,"),
                value("auth-extra-groups", ",system:bootstrappers:a"),
                value("auth-extra-groups", "system:bootstrappers:a, system:bootstrappers:b"),
                value("auth-extra-groups", "system:bootstrappers:a,system:masters"),
                value("auth-extra-groups", "system:bootstrappers:A"),
                value("auth-extra-groups", "system:bootstrappers:a-"),
                value("auth-extra-groups", "system:bootstrappers:a\n"),
                value("auth-extra-groups", "system:bootstrappers:\u0660"),
                value("auth-extra-groups", "system:bootstrappers:" + "a".repeat(257)),
                value("auth-extra-groups", " "));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void aTokenOfAWrongSecretIsNobodys(Wrong wrong) {
        store(tree -> {});
        assertThat(of(GOOD)).isInstanceOf(Outcome.Accepted.class);
        store(wrong.change());
        var outcome = of(GOOD);
        assertThat(outcome).isInstanceOf(Outcome.NotMine.class);
        assertThat(outcome.trail().heard())
                .singleElement()
                .satisfies(heard -> assertThat(heard.detail())
                        .startsWith("token id abcdef: ")
                        .doesNotContain(KEY));
    }

    static List<Wrong> harmless() {
        return List.of(
                new Wrong("nothing said of an end", tree -> {}),
                value("expiration", ""),
                value("expiration", "2026-03-01T12:00:01Z"),
                value("expiration", "2026-03-01T12:00:00.1Z"),
                value("expiration", "2026-03-01T14:00:01+02:00"),
                value("auth-extra-groups", ""),
                value("auth-extra-groups", "system:bootstrappers:" + "a".repeat(256)),
                value("usage-bootstrap-signing", "nonsense"),
                value("description", "***"));
    }

    @ParameterizedTest
    @MethodSource("harmless")
    void theseAreRight(Wrong change) {
        store(change.change());
        assertThat(of(GOOD)).isInstanceOf(Outcome.Accepted.class);
    }

    @Test
    void aTokenEndsAtTheMomentItsSecretNames() {
        store(tree -> put(tree, "expiration", "2026-03-01T12:00:10Z"));
        clock.advance(Duration.ofSeconds(9));
        assertThat(of(GOOD)).isInstanceOf(Outcome.Accepted.class);
        clock.advance(Duration.ofSeconds(1));
        assertThat(of(GOOD)).isInstanceOf(Outcome.NotMine.class);
    }

    @Test
    void theAcceptanceSaysWhenTheTokenWasMadeAndWhenItEnds() {
        store(tree -> {
            tree.withObjectProperty("metadata").put("creationTimestamp", "2026-02-28T00:00:00Z");
            put(tree, "expiration", "2026-03-02T00:00:00Z");
        });
        assertThat(of(GOOD))
                .isInstanceOfSatisfying(
                        Outcome.Accepted.class,
                        accepted -> assertThat(accepted.proof())
                                .isEqualTo(Proof.ofToken(
                                        Instant.parse("2026-02-28T00:00:00Z"), Instant.parse("2026-03-02T00:00:00Z"))));
    }

    @Test
    void aDeletedTokenIsNobodysAtOnce() {
        store(tree -> {});
        assertThat(of(GOOD)).isInstanceOf(Outcome.Accepted.class);
        secrets.clear();
        assertThat(of(GOOD)).isInstanceOf(Outcome.NotMine.class);
    }

    @Test
    void aRenamedSecretOpensNothing() {
        secrets.put("bootstrap-token-zzzzzz", ApiObject.of(usual()));
        assertThat(of("zzzzzz." + KEY)).isInstanceOf(Outcome.NotMine.class);
        assertThat(of(GOOD)).isInstanceOf(Outcome.NotMine.class);
    }

    @Test
    void mutatedSecretsNeverThrowAndNeverGiveAnotherIdentity() {
        var random = new Random(9);
        var pieces = List.of("true", "True", "", ",", "system:bootstrappers:x", "system:masters", "\n", ID, KEY, "\0");
        var keys = List.of(
                "token-id",
                "token-secret",
                "expiration",
                "usage-bootstrap-authentication",
                "auth-extra-groups",
                "description");
        int accepted = 0;
        for (int i = 0; i < 20_000 * Integer.getInteger("fuzz.times", 1); i++) {
            store(tree -> {
                for (int n = random.nextInt(3); n > 0; n--) {
                    String text = pieces.get(random.nextInt(pieces.size())) + pieces.get(random.nextInt(pieces.size()));
                    put(tree, keys.get(random.nextInt(keys.size())), text);
                }
            });
            if (of(GOOD) instanceof Outcome.Accepted a) {
                accepted++;
                assertThat(a.user().name()).isEqualTo("system:bootstrap:" + ID);
                assertThat(a.user().groups()).allMatch(g -> g.matches("system:bootstrappers(:[a-z0-9:-]*[a-z0-9])?"));
            } else {
                assertThat(of(GOOD)).isInstanceOf(Outcome.NotMine.class);
            }
        }
        assertThat(accepted).isBetween(1_000, 19_000);
    }

    @Nested
    class Conformance extends AuthenticatorConformance {

        @BeforeEach
        void aToken() {
            store(tree -> {});
        }

        @Override
        protected Authenticator authenticator() {
            return new BearerExtractor(tokens);
        }

        @Override
        protected Presented good() {
            return Presented.bearer(GOOD);
        }

        @Override
        protected List<String> secrets() {
            return List.of(GOOD, KEY);
        }
    }
}
