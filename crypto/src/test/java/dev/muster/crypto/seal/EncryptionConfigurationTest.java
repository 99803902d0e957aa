package dev.muster.crypto.seal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.core.store.Key;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a configuration says, and every way it can be wrong. */
final class EncryptionConfigurationTest {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String SECRET = Base64.getEncoder().encodeToString(new byte[32]);
    private static final Map<String, Object> KEY = Map.of("name", "k", "secret", SECRET);
    private static final Map<String, Object> GCM = gcm(KEY);
    private static final Map<String, Object> IDENTITY = Map.of("identity", Map.of());

    private static Map<String, Object> gcm(Object... keys) {
        return Map.of("aesgcm", Map.of("keys", List.of(keys)));
    }

    private static Map<String, Object> document(Object... entries) {
        return Map.of(
                "apiVersion", "apiserver.config.k8s.io/v1",
                "kind", "EncryptionConfiguration",
                "resources", List.of(entries));
    }

    private static Map<String, Object> entry(List<?> resources, Object... providers) {
        return Map.of("resources", resources, "providers", List.of(providers));
    }

    private static Map<String, Object> secretsWith(Object... providers) {
        return document(entry(List.of("secrets"), providers));
    }

    private static EncryptionConfiguration valid(Map<String, Object> document) {
        var parsed = EncryptionConfiguration.parse(document, RANDOM);
        assertThat(parsed).isInstanceOf(EncryptionConfiguration.Parsed.Valid.class);
        return ((EncryptionConfiguration.Parsed.Valid) parsed).configuration();
    }

    private static List<Problem> problems(Map<String, Object> document) {
        var parsed = EncryptionConfiguration.parse(document, RANDOM);
        assertThat(parsed).isInstanceOf(EncryptionConfiguration.Parsed.Invalid.class);
        return ((EncryptionConfiguration.Parsed.Invalid) parsed).problems();
    }

    @Test
    void theFirstEntryThatNamesAResourceSealsIt() {
        var configuration = valid(document(
                entry(List.of("secrets", "tokens.example.org"), GCM, IDENTITY),
                entry(List.of("*."), gcm(Map.of("name", "core", "secret", SECRET))),
                entry(List.of("*.*"), IDENTITY)));
        assertThat(prefix(configuration, "", "secrets")).isEqualTo("k8s:enc:aesgcm:v1:k:");
        assertThat(prefix(configuration, "example.org", "tokens")).isEqualTo("k8s:enc:aesgcm:v1:k:");
        assertThat(prefix(configuration, "", "configmaps")).isEqualTo("k8s:enc:aesgcm:v1:core:");
        assertThat(prefix(configuration, "apps", "deployments")).isEmpty();
        assertThat(valid(secretsWith(GCM)).sealer("", "configmaps")).isEmpty();
        assertThat(valid(secretsWith(GCM)).sealer("example.org", "secrets")).isEmpty();
    }

    private static String prefix(EncryptionConfiguration configuration, String group, String resource) {
        byte[] stored = configuration.sealer(group, resource).orElseThrow().seal(Key.of("/x"), new byte[0]);
        var matcher =
                Pattern.compile("^k8s:enc:[^:]*:[^:]*:[^:]*:").matcher(new String(stored, StandardCharsets.ISO_8859_1));
        return matcher.find() ? matcher.group() : "";
    }

    @Test
    void aSecretMayBeBrokenIntoLines() {
        String broken = SECRET.substring(0, 20) + "\n" + SECRET.substring(20) + "\n";
        valid(secretsWith(gcm(Map.of("name", "k", "secret", broken))));
    }

    /** A document, where it is wrong, and a part of what is said. */
    record Wrong(Map<String, Object> document, String path, String message) {}

    static List<Wrong> wrong() {
        var keyless = new HashMap<String, Object>(Map.of("name", "k"));
        keyless.put("secret", null);
        return List.of(
                new Wrong(Map.of(), "apiVersion", "apiserver.config.k8s.io/v1"),
                new Wrong(Map.of(), "kind", "EncryptionConfiguration"),
                new Wrong(Map.of(), "resources", "at least one resources is required"),
                new Wrong(document(), "resources", "at least one"),
                new Wrong(Map.of("resources", "secrets"), "resources", "must be a list"),
                new Wrong(Map.of("typo", 1), "typo", "unknown field"),
                new Wrong(document("text"), "resources[0]", "must be an object"),
                new Wrong(document(Map.of()), "resources[0].resources", "at least one"),
                new Wrong(document(Map.of()), "resources[0].providers", "at least one"),
                new Wrong(document(Map.of("provider", 1)), "resources[0].provider", "unknown field"),
                new Wrong(named("Secrets"), "resources[0].resources[0]", "capital letters"),
                new Wrong(named("*"), "resources[0].resources[0]", "use '*.'"),
                new Wrong(named("events.events.k8s.io"), "resources[0].resources[0]", "use 'events'"),
                new Wrong(named("ingresses.extensions"), "resources[0].resources[0]", "has been removed"),
                new Wrong(named("serviceipallocations"), "resources[0].resources[0]", "REST API"),
                new Wrong(named("pods.*"), "resources[0].resources[0]", "across groups"),
                new Wrong(named(7), "resources[0].resources[0]", "name of a resource"),
                new Wrong(named("secrets", "secrets"), "resources[0].resources", "multiple times"),
                new Wrong(named("secrets", "*."), "resources[0].resources", "overlapping"),
                new Wrong(named("*.*", "a.b"), "resources[0].resources", "overlapping"),
                new Wrong(secretsWith(Map.of()), "resources[0].providers[0]", "does not contain any"),
                new Wrong(
                        secretsWith(Map.of("identity", Map.of(), "aesgcm", Map.of())),
                        "resources[0].providers[0]",
                        "more than one provider"),
                new Wrong(secretsWith(Map.of("rot13", Map.of())), "resources[0].providers[0].rot13", "unknown field"),
                new Wrong(secretsWith(GCM, Map.of("kms", Map.of())), "resources[0].providers[1].kms", "not supported"),
                new Wrong(secretsWith(Map.of("aescbc", Map.of())), "resources[0].providers[0].aescbc", "authenticate"),
                new Wrong(secretsWith(Map.of("secretbox", Map.of())), "resources[0].providers[0].secretbox", "bind"),
                new Wrong(
                        secretsWith(Map.of("identity", Map.of("x", 1))),
                        "resources[0].providers[0].identity.x",
                        "unknown field"),
                new Wrong(secretsWith(Map.of("aesgcm", 1)), "resources[0].providers[0].aesgcm", "must be an object"),
                new Wrong(secretsWith(gcm()), "resources[0].providers[0].aesgcm.keys", "at least one keys is required"),
                new Wrong(key(Map.of("secret", SECRET)), ".name", "name is a mandatory field for a key"),
                new Wrong(key(Map.of("name", "a:b", "secret", SECRET)), ".name", "':'"),
                new Wrong(key(Map.of("name", 5, "secret", SECRET)), ".name", "must be a string"),
                new Wrong(key(keyless), ".secret", "secret is a mandatory field for a key"),
                new Wrong(key(Map.of("name", "k", "secret", "no!base64")), ".secret", "must be base64 encoded"),
                new Wrong(key(Map.of("name", "k", "secret", SECRET.replace("=", ""))), ".secret", "must be base64"),
                new Wrong(key(Map.of("name", "k", "secret", "QUJD")), ".secret", "got 3, expected one of [16 24 32]"),
                new Wrong(key(Map.of("name", "k", "secret", SECRET, "extra", 1)), ".extra", "unknown field"));
    }

    private static Map<String, Object> named(Object... resources) {
        return document(entry(List.of(resources), GCM));
    }

    private static Map<String, Object> key(Object key) {
        return secretsWith(gcm(key));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void whatIsWrongIsSaidWithItsPath(Wrong wrong) {
        String path = wrong.path.startsWith(".") ? "resources[0].providers[0].aesgcm.keys[0]" + wrong.path : wrong.path;
        assertThat(problems(wrong.document))
                .anySatisfy(problem -> {
                    assertThat(problem.path()).isEqualTo(path);
                    assertThat(problem.message()).contains(wrong.message);
                })
                .allSatisfy(problem -> assertThat(problem.toString()).doesNotContain("no!base64", "QUJD", SECRET));
    }

    @Test
    void everythingThatIsWrongIsSaidAtOnce() {
        var found = problems(Map.of(
                "kind",
                "Secret",
                "resources",
                List.of(
                        entry(List.of("Secrets"), Map.of("kms", Map.of())),
                        entry(List.of("x"), gcm(Map.of("name", "k", "secret", "QUJD"))))));
        assertThat(found)
                .extracting(Problem::path)
                .containsExactlyInAnyOrder(
                        "apiVersion",
                        "kind",
                        "resources[0].resources[0]",
                        "resources[0].providers[0].kms",
                        "resources[1].providers[0].aesgcm.keys[0].secret");
    }

    @Test
    void aGeneratedConfigurationIsValidAndItsKeyIsFresh() {
        String one = EncryptionConfiguration.generate(RANDOM, List.of("secrets", "codes.identity.muster.dev"));
        String two = EncryptionConfiguration.generate(RANDOM, List.of("secrets"));
        var secret = Pattern.compile("secret: (\\S+)");
        var first = secret.matcher(one);
        var second = secret.matcher(two);
        assertThat(first.find() && second.find()).isTrue();
        assertThat(first.group(1)).isNotEqualTo(second.group(1));
        assertThat(Base64.getDecoder().decode(first.group(1))).hasSize(32);
        assertThat(one).isEqualTo("""
                        apiVersion: apiserver.config.k8s.io/v1
                        kind: EncryptionConfiguration
                        resources:
                          - resources:
                              - "secrets"
                              - "codes.identity.muster.dev"
                            providers:
                              - aesgcm:
                                  keys:
                                    - name: key1
                                      secret: %s
                        """.formatted(first.group(1)));
        valid(secretsWith(gcm(Map.of("name", "key1", "secret", first.group(1)))));
    }

    @Test
    void whateverIsParsedIsValidOrHasProblems() {
        var random = new Random(11);
        List<Object> pool = new ArrayList<>(
                List.of("secrets", "*.", "", 1, true, SECRET, KEY, GCM, IDENTITY, Map.of(), List.of(), List.of(KEY)));
        for (int i = 0; i < 20_000; i++) {
            Object value = pool.get(random.nextInt(pool.size()));
            Object made = switch (random.nextInt(6)) {
                case 0 -> List.of(value);
                case 1 -> Map.of("resources", value);
                case 2 -> Map.of("providers", value, "resources", List.of("secrets"));
                case 3 -> Map.of("aesgcm", value);
                case 4 -> Map.of("keys", value);
                default -> Map.of("name", value, "secret", SECRET);
            };
            pool.set(random.nextInt(pool.size()), made);
            var document = new HashMap<String, Object>(document());
            document.put("resources", random.nextBoolean() ? made : List.of(made));
            var parsed = EncryptionConfiguration.parse(document, RANDOM);
            if (parsed instanceof EncryptionConfiguration.Parsed.Invalid invalid) {
                assertThat(invalid.problems()).isNotEmpty();
            }
        }
    }
}
