package dev.muster.server.accountkeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.api.meta.StatusException;
import dev.muster.crypto.jose.CompactJws;
import dev.muster.crypto.jose.MalformedJws;
import dev.muster.crypto.jose.VerificationKey;
import dev.muster.crypto.jose.VerificationKeys;
import dev.muster.crypto.provider.Signatures;
import dev.muster.server.accountkeys.RotatingKeys.Terms;
import dev.muster.testkit.clock.ManualClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RotatingKeysTest {

    private static final Duration PERIOD = Duration.ofDays(90);
    private static final Duration NOTICE = Duration.ofHours(2);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Predicate<VerificationKey> NONE = _ -> false;

    @TempDir
    Path pki;

    private final ManualClock clock = new ManualClock();

    private static java.security.PrivateKey elliptic() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        return generator.generateKeyPair().getPrivate();
    }

    private RotatingKeys open(Duration period) throws IOException {
        return new RotatingKeys(pki, Signatures.jdk(), new Terms(period, RotatingKeysTest::elliptic, false), clock);
    }

    private RotatingKeys open() throws IOException {
        return open(PERIOD);
    }

    private static List<String> ids(RotatingKeys keys) {
        return keys.verifying().stream().map(VerificationKey::id).toList();
    }

    private String signing(RotatingKeys keys) {
        return keys.until(clock.instant().plus(HOUR)).publicKey().id();
    }

    private List<String> files(String kind) throws IOException {
        try (Stream<Path> all = Files.walk(pki)) {
            return all.map(path -> path.getFileName().toString())
                    .filter(name -> name.endsWith(kind))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void theFirstKeyIsMadeOnceAndIsItsOwnersAlone() throws IOException {
        String first = signing(open());
        assertThat(ids(open())).containsExactly(first);
        assertThat(files(".key")).containsExactly("sa.key");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(pki.resolve("sa.key"))))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(pki.resolve("sa-keys"))))
                .isEqualTo("rwx------");
    }

    @Test
    void aNewKeyIsPublishedBeforeItSignsAndTheOldOneStaysWithoutItsPrivateHalf() throws IOException {
        var keys = open();
        String old = signing(keys);
        clock.advance(PERIOD);
        keys.step(NONE);
        assertThat(signing(keys)).isEqualTo(old);
        assertThat(ids(keys)).hasSize(2).startsWith(old);
        clock.advance(NOTICE.minusSeconds(1));
        keys.step(NONE);
        assertThat(signing(keys)).isEqualTo(old);
        clock.advance(Duration.ofSeconds(1));
        keys.step(NONE);
        String now = signing(keys);
        assertThat(now).isNotEqualTo(old);
        assertThat(ids(keys)).containsExactly(now, old);
        assertThat(files(".key")).hasSize(1).doesNotContain("sa.key");
        assertThat(files(".pub")).containsExactly("sa.pub");
    }

    @Test
    void anOldKeyIsForgottenWhenItsLastTokenHasEndedAndNotBefore() throws IOException {
        var keys = open();
        Instant end = clock.instant().plus(PERIOD).plus(Duration.ofDays(365));
        String old = keys.until(end).publicKey().id();
        clock.advance(PERIOD);
        keys.step(NONE);
        clock.advance(NOTICE);
        keys.step(NONE);
        clock.set(end.plusSeconds(60));
        keys = open(Duration.ZERO);
        keys.step(NONE);
        assertThat(ids(keys)).as("the leeway of the token's end").contains(old);
        clock.advance(Duration.ofDays(2));
        keys.step(NONE);
        assertThat(ids(keys)).doesNotContain(old).hasSize(1);
        assertThat(files(".pub")).isEmpty();
        assertThat(files(".until")).hasSize(1);
    }

    @Test
    void aKeyOfWhichATokenLiesInASecretStays() throws IOException {
        var keys = open();
        String old = keys.endless().publicKey().id();
        clock.advance(PERIOD);
        keys.step(NONE);
        clock.advance(Duration.ofDays(20));
        keys.step(key -> key.id().equals(old));
        clock.advance(Duration.ofDays(20));
        keys.step(key -> key.id().equals(old));
        assertThat(ids(keys)).contains(old);
        keys.step(NONE);
        assertThat(ids(keys)).doesNotContain(old);
    }

    @Test
    void whereSecretsAreNotLookedUpAKeyOfTokensWithoutEndStaysForEver() throws IOException {
        var keys = new RotatingKeys(pki, Signatures.jdk(), new Terms(PERIOD, RotatingKeysTest::elliptic, true), clock);
        String old = keys.endless().publicKey().id();
        for (int i = 0; i < 10; i++) {
            clock.advance(PERIOD);
            keys.step(NONE);
        }
        assertThat(ids(keys)).contains(old);
        assertThat(ids(open())).contains(old);
    }

    @Test
    void aKeyOfWhichNothingIsNotedStaysForEver() throws IOException {
        String old = signing(open());
        Files.delete(pki.resolve("sa.until"));
        var keys = open();
        for (int i = 0; i < 30; i++) {
            clock.advance(PERIOD);
            keys.step(NONE);
        }
        assertThat(ids(keys)).contains(old);
    }

    @Test
    void withoutAPeriodNothingChanges() throws IOException {
        var keys = open(Duration.ZERO);
        String only = signing(keys);
        clock.advance(Duration.ofDays(10_000));
        keys.step(NONE);
        assertThat(ids(keys)).containsExactly(only);
    }

    @Test
    void endsAreNotedInStepsOfADaySoThatNotEveryTokenWrites() throws IOException {
        var keys = open();
        keys.until(clock.instant().plus(HOUR));
        var noted = Files.readString(pki.resolve("sa.until"));
        Files.delete(pki.resolve("sa.until"));
        for (int i = 0; i < 100; i++) {
            clock.advance(Duration.ofMinutes(10));
            keys.until(clock.instant().plus(HOUR));
        }
        assertThat(pki.resolve("sa.until")).doesNotExist();
        clock.advance(Duration.ofHours(8));
        keys.until(clock.instant().plus(HOUR));
        assertThat(Instant.parse(Files.readString(pki.resolve("sa.until")))).isAfter(Instant.parse(noted));
    }

    /** Every state that a kill between two writes can leave. */
    @Test
    void whereverAProcessWasKilledTheNextOneGoesOn() throws IOException {
        var keys = open();
        String old = signing(keys);
        // The end of a key that never came to be, and a private key half written.
        Files.writeString(pki.resolve("sa-keys/20260301T120001Z.until"), "2026-03-01T12:00:01Z");
        Files.writeString(pki.resolve("sa-keys/.20260301T120001Z.key123.new"), "-----BEGIN PRI");
        Files.writeString(pki.resolve(".sa.key123.new"), "-----BEGIN PRI");
        assertThat(ids(open())).containsExactly(old);
        assertThat(files(".new")).isEmpty();
        assertThat(files(".until")).containsExactly("sa.until");
        // A new key that the next process has to hear of.
        clock.advance(PERIOD);
        open().step(NONE);
        assertThat(ids(open())).hasSize(2).startsWith(old);
        clock.advance(NOTICE);
        keys = open();
        String now = signing(keys);
        assertThat(now).isNotEqualTo(old);
        assertThat(files(".key")).as("nobody has retired the old one yet").hasSize(2);
        // The public half is written, the private one not yet gone.
        byte[] secret = Files.readAllBytes(pki.resolve("sa.key"));
        keys.step(NONE);
        Files.write(pki.resolve("sa.key"), secret);
        keys = open();
        assertThat(ids(keys)).containsExactly(now, old);
        assertThat(signing(keys)).isEqualTo(now);
        assertThat(pki.resolve("sa.key")).doesNotExist();
        // Only public halves: somebody took the private ones away.
        for (String file : files(".key")) {
            Files.delete(pki.resolve("sa-keys").resolve(file));
        }
        assertThat(signing(open())).isNotIn(now, old);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "garbage", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"})
    void aDamagedKeyIsNamedAndNotPassedOver(String content) throws IOException {
        open();
        Files.writeString(pki.resolve("sa-keys/20260301T120001Z.key"), content);
        assertThatThrownBy(this::open).isInstanceOf(IOException.class).hasMessageContaining("20260301T120001Z.key: ");
    }

    @Test
    void aFileThatIsNoKeysNameIsNamed() throws IOException {
        open();
        Files.copy(pki.resolve("sa.key"), pki.resolve("sa-keys/mine.key"));
        assertThatThrownBy(this::open).isInstanceOf(IOException.class).hasMessageContaining("mine.key: ");
    }

    @Test
    void aTokenWhoseEndCannotBeNotedIsNotMade() throws IOException {
        var keys = open();
        Files.delete(pki.resolve("sa.until"));
        Files.createDirectories(pki.resolve("sa.until/in the way"));
        assertThatThrownBy(() -> keys.until(clock.instant().plus(HOUR)))
                .isInstanceOfSatisfying(
                        StatusException.class,
                        e -> assertThat(e.status().code()).isEqualTo(503));
        Files.delete(pki.resolve("sa.until/in the way"));
        Files.delete(pki.resolve("sa.until"));
        assertThat(keys.until(clock.instant().plus(HOUR))).isNotNull();
    }

    @Test
    void whatASignerSignsTheKeysVerify() throws IOException, MalformedJws {
        var keys = open();
        String token = keys.until(clock.instant().plus(HOUR)).sign("{}".getBytes(StandardCharsets.UTF_8));
        assertThat(new VerificationKeys(open().verifying(), Signatures.jdk()).verify(CompactJws.parse(token)))
                .isEqualTo(VerificationKeys.Verdict.VERIFIED);
    }

    private record Issued(String key, Instant end) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void whateverHappensEveryTokenThatIsAliveIsBelieved(long seed) throws IOException {
        var random = new Random(seed);
        var period = Duration.ofHours(1 + random.nextInt(50));
        var keys = open(period);
        var alive = new ArrayList<Issued>();
        int most = 0;
        for (int i = 0; i < 250; i++) {
            switch (random.nextInt(5)) {
                case 0, 1 -> {
                    var end = clock.instant().plus(Duration.ofMinutes(10 + random.nextInt(3000)));
                    alive.add(new Issued(keys.until(end).publicKey().id(), end));
                }
                case 2 -> clock.advance(Duration.ofMinutes(random.nextInt(600)));
                case 3 -> keys.step(NONE);
                default -> keys = open(period);
            }
            Instant now = clock.instant();
            alive.removeIf(token -> !token.end().isAfter(now));
            assertThat(ids(keys)).containsAll(alive.stream().map(Issued::key).toList());
            most = Math.max(most, keys.verifying().size());
        }
        assertThat(most).as("keys do change").isGreaterThan(2);
        clock.advance(Duration.ofDays(30));
        keys.step(NONE);
        clock.advance(Duration.ofDays(30));
        keys.step(NONE);
        keys.step(NONE);
        assertThat(keys.verifying()).as("and are forgotten").hasSizeLessThan(4);
    }
}
