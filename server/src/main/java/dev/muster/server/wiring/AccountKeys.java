package dev.muster.server.wiring;

import dev.muster.apiserver.serviceaccount.IssuerDocuments;
import dev.muster.apiserver.stored.StorageKeys;
import dev.muster.authn.serviceaccount.SigningKey;
import dev.muster.crypto.jose.CompactJws;
import dev.muster.crypto.jose.JwkSet;
import dev.muster.crypto.jose.KeyFiles;
import dev.muster.crypto.jose.MalformedJws;
import dev.muster.crypto.jose.VerificationKey;
import dev.muster.crypto.jose.VerificationKeys;
import dev.muster.crypto.provider.FastProvider;
import dev.muster.crypto.provider.Signatures;
import dev.muster.crypto.x509.MalformedPem;
import dev.muster.server.accountkeys.RotatingKeys;
import dev.muster.server.config.ServiceAccountOptions;
import dev.muster.server.datadir.DataDir;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The keys of service account tokens: a given one, or our own that change, and those that only verify. */
final class AccountKeys {

    private static final Logger LOG = LoggerFactory.getLogger(AccountKeys.class);
    private static final int RSA_BITS = 2048;
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final SigningKey signing;
    private final Optional<RotatingKeys> own;
    private final List<VerificationKey> given;
    private final Signatures signatures;
    private volatile Believed believed;

    /** All keys that verify, ready in every form that is asked for. */
    private record Believed(List<VerificationKey> own, VerificationKeys keys, IssuerDocuments.Keys published) {}

    private AccountKeys(
            SigningKey signing, Optional<RotatingKeys> own, List<VerificationKey> given, Signatures signatures) {
        this.signing = signing;
        this.own = own;
        this.given = given;
        this.signatures = signatures;
        this.believed = believe(ownNow());
    }

    static AccountKeys open(ServiceAccountOptions options, DataDir dir, InstantSource clock, SecureRandom random)
            throws ConfigurationException {
        var signatures = new Signatures(FastProvider::ifLoaded);
        var given = new ArrayList<VerificationKey>();
        if (options.signingKey().isPresent()) {
            var file = options.signingKey().get();
            try {
                var signer = KeyFiles.signing(Files.readAllBytes(file), signatures);
                given.add(signer.publicKey());
                given.addAll(verifying(options));
                return new AccountKeys(SigningKey.fixed(signer), Optional.empty(), given, signatures);
            } catch (IOException | MalformedPem e) {
                throw new ConfigurationException("--service-account-signing-key-file", file + ": " + e.getMessage());
            }
        }
        given.addAll(verifying(options));
        var terms = new RotatingKeys.Terms(
                options.ownKeys().period(),
                () -> generator(options.ownKeys().algorithm(), random)
                        .generateKeyPair()
                        .getPrivate(),
                !options.lookup());
        try {
            var rotating = new RotatingKeys(dir.pki(), signatures, terms, clock);
            return new AccountKeys(rotating, Optional.of(rotating), given, signatures);
        } catch (IOException e) {
            throw new ConfigurationException("--data-dir", e.getMessage());
        }
    }

    private static List<VerificationKey> verifying(ServiceAccountOptions options) throws ConfigurationException {
        var all = new ArrayList<VerificationKey>();
        for (var file : options.keys()) {
            try {
                all.addAll(KeyFiles.verifying(Files.readAllBytes(file)));
            } catch (IOException | MalformedPem e) {
                throw new ConfigurationException("--service-account-key-file", file + ": " + e.getMessage());
            }
        }
        return all;
    }

    private static KeyPairGenerator generator(String algorithm, SecureRandom random) throws GeneralSecurityException {
        boolean rsa = algorithm.equals("RS256");
        var generator = KeyPairGenerator.getInstance(rsa ? "RSA" : "EC");
        generator.initialize(rsa ? RSA_BITS : 256, random);
        return generator;
    }

    SigningKey signing() {
        return signing;
    }

    /** What verifies now. Does not block. */
    VerificationKeys believed() {
        return current().keys();
    }

    /** The same, for others. */
    IssuerDocuments.Keys published() {
        return current().published();
    }

    private Believed current() {
        var now = believed;
        var keys = ownNow();
        if (now.own() != keys) {
            now = believe(keys);
            believed = now;
        }
        return now;
    }

    private List<VerificationKey> ownNow() {
        return own.map(RotatingKeys::verifying).orElse(List.of());
    }

    private Believed believe(List<VerificationKey> ownKeys) {
        var all = new ArrayList<>(ownKeys);
        all.addAll(given);
        var keys = new VerificationKeys(all, signatures);
        var algorithms = keys.all().stream().map(key -> key.algorithm().name()).toList();
        return new Believed(ownKeys, keys, new IssuerDocuments.Keys(algorithms, JwkSet.json(keys.all())));
    }

    /** Changes our own keys from now on, when it is time. */
    void rotate(Storage storage, Duration period, Closing closing) {
        if (own.isEmpty()) {
            return;
        }
        ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("muster-account-keys").daemon().factory());
        closing.add("account keys", thread::shutdownNow);
        Duration pause = period.isZero() || period.dividedBy(20).compareTo(LONGEST_PAUSE) > 0
                ? LONGEST_PAUSE
                : period.dividedBy(20);
        thread.scheduleWithFixedDelay(() -> step(own.get(), storage), 0, pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static void step(RotatingKeys keys, Storage storage) {
        try {
            keys.step(key -> isHeld(key, storage));
        } catch (IOException | RuntimeException e) {
            LOG.warn("keys of service account tokens are not changed, and tried again soon: {}", e.toString());
        }
    }

    /** Whether a token of the key lies in a secret: such tokens have no end. */
    private static boolean isHeld(VerificationKey key, Storage storage) {
        var secrets = StorageKeys.prefix(
                storage.kinds().byResource("", "v1", "secrets").orElseThrow());
        return storage.cache().list(secrets).items().stream()
                .map(one -> one.value().tree())
                .filter(secret -> secret.path("type").asText("").equals("kubernetes.io/service-account-token"))
                .anyMatch(secret -> keyOf(secret.path("data").path("token").asText(""))
                        .filter(key.id()::equals)
                        .isPresent());
    }

    private static Optional<String> keyOf(String token) {
        try {
            String text = new String(Base64.getDecoder().decode(token), StandardCharsets.UTF_8);
            return CompactJws.parse(text).header().keyId();
        } catch (IllegalArgumentException | MalformedJws e) {
            return Optional.empty();
        }
    }
}
