package dev.muster.bench.serviceaccount;

import dev.muster.api.meta.ApiObject;
import dev.muster.apiserver.stored.ObjectCodec;
import dev.muster.authn.serviceaccount.AccountObjects;
import dev.muster.authn.serviceaccount.BoundTokens;
import dev.muster.authn.serviceaccount.TokenIssuer;
import dev.muster.core.identity.Audiences;
import dev.muster.core.identity.Outcome;
import dev.muster.core.issuing.AccountId;
import dev.muster.core.issuing.TokenOrder;
import dev.muster.core.issuing.TokenOrder.Binding;
import dev.muster.core.issuing.TokenOrder.Bound;
import dev.muster.core.secret.Secret;
import dev.muster.core.store.Key;
import dev.muster.core.store.Mutation;
import dev.muster.core.store.Revision;
import dev.muster.crypto.jose.JwsSigner;
import dev.muster.crypto.jose.KeyFiles;
import dev.muster.crypto.jose.VerificationKeys;
import dev.muster.crypto.provider.FastProvider;
import dev.muster.crypto.provider.Signatures;
import dev.muster.store.watchcache.WatchCache;
import dev.muster.store.watchcache.WatchCacheOptions;
import dev.muster.testkit.store.HeapStore;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A pod's token from its text to the user. {@code first} is one that was not seen before: subtract {@code raw}, which is the
 * signature alone; {@code again} is one that was. Accounts and pods: 10 or 10,000.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class BoundTokenBenchmark {

    private static final String ISSUER = "https://kubernetes.default.svc.cluster.local";
    private static final int TOKENS = 64;

    @Param({"RS256", "ES256"})
    public String algorithm;

    @Param({"10", "10000"})
    public int population;

    private final HeapStore store = new HeapStore();
    private final Signatures signatures = new Signatures(FastProvider::ifLoaded);
    private WatchCache<ApiObject> cache;
    private JwsSigner signer;
    private BoundTokens warm;
    private BoundTokens cold;
    private Secret[] tokens;
    private byte[] signed;
    private byte[] signature;
    private VerificationKeys[] fresh;
    private int at;

    @Setup(Level.Trial)
    public void make() throws Exception {
        FastProvider.awaitLoaded();
        for (int i = 0; i < population; i++) {
            put("serviceaccounts", "ServiceAccount", i);
            put("pods", "Pod", i);
        }
        store.compact(store.revision());
        cache = WatchCache.open(store, Key.of("/registry/"), new ObjectCodec(), WatchCacheOptions.DEFAULT);
        boolean rsa = algorithm.startsWith("RS");
        var generator = KeyPairGenerator.getInstance(rsa ? "RSA" : "EC");
        generator.initialize(rsa ? 2048 : 256);
        signer = KeyFiles.signer(generator.generateKeyPair().getPrivate(), signatures);
        var issuer = new TokenIssuer(signer, ISSUER, InstantSource.system(), new Random(1));
        tokens = new Secret[TOKENS];
        for (int i = 0; i < TOKENS; i++) {
            tokens[i] = token(issuer, i * (population / 10) % population);
        }
        String text = tokens[0].reveal();
        signed = text.substring(0, text.lastIndexOf('.')).getBytes(StandardCharsets.US_ASCII);
        signature = Base64.getUrlDecoder().decode(text.substring(text.lastIndexOf('.') + 1));
        // Two sets of keys by turns: what one has verified the other has not.
        fresh = new VerificationKeys[] {keys(), keys()};
        warm = tokens(fresh[0]);
        cold = new BoundTokens(
                () -> fresh[at++ & 1],
                Set.of(ISSUER),
                Audiences.of(ISSUER),
                new AccountObjects(cache),
                InstantSource.system());
        if (!(warm.authenticate(tokens[0], Audiences.UNSPECIFIED) instanceof Outcome.Accepted)) {
            throw new IllegalStateException("the token is not accepted");
        }
    }

    private VerificationKeys keys() {
        return new VerificationKeys(List.of(signer.publicKey()), signatures);
    }

    private BoundTokens tokens(VerificationKeys keys) {
        return new BoundTokens(
                () -> keys, Set.of(ISSUER), Audiences.of(ISSUER), new AccountObjects(cache), InstantSource.system());
    }

    private void put(String plural, String kind, int i) {
        String json = "{\"kind\":\"" + kind + "\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"n" + i
                + "\",\"namespace\":\"team\",\"uid\":\"u" + i + "\"}}";
        store.write(new Mutation.Put(
                Key.of("/registry/core/" + plural + "/team/n" + i),
                json.getBytes(StandardCharsets.UTF_8),
                Revision.NONE));
    }

    private static Secret token(TokenIssuer issuer, int i) {
        var pod = new Binding(Optional.of(new Bound("n" + i, "u" + i)), Optional.empty(), Optional.empty());
        return issuer.issue(new TokenOrder(
                        new AccountId("team", "n" + i, "u" + i),
                        Audiences.of(ISSUER),
                        Duration.ofHours(1),
                        Optional.empty(),
                        pod))
                .token();
    }

    @TearDown(Level.Trial)
    public void close() {
        cache.close();
        store.close();
    }

    @Benchmark
    public boolean raw() throws Exception {
        PublicKey key = signer.publicKey().key();
        return signatures.verify(
                algorithm.startsWith("RS") ? "SHA256withRSA" : "SHA256withECDSAinP1363Format",
                Optional.empty(),
                key,
                signed,
                signature);
    }

    @Benchmark
    public Outcome first() {
        // Each of the two calls for one token meets the keys that have not verified it last.
        return cold.authenticate(tokens[0], Audiences.UNSPECIFIED);
    }

    @Benchmark
    public Outcome again() {
        return warm.authenticate(tokens[at++ & TOKENS - 1], Audiences.UNSPECIFIED);
    }
}
