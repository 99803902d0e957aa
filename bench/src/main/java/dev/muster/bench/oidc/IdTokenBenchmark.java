package dev.muster.bench.oidc;

import dev.muster.authn.cached.CachedTokens;
import dev.muster.core.identity.Audiences;
import dev.muster.core.identity.Outcome;
import dev.muster.core.secret.Secret;
import dev.muster.crypto.provider.Signatures;
import dev.muster.testkit.issuer.SigningKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** One id token: its signature alone, all of it, and all of it from memory; the issuer alone or among a hundred. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class IdTokenBenchmark {

    @Param({"RS256", "ES256"})
    public String algorithm;

    @Param({"1", "100"})
    public int issuers;

    private Issuers all;
    private Secret token;
    private CachedTokens cached;
    private Signatures signatures;
    private byte[] signed;
    private byte[] signature;

    @Setup
    public void begin() throws InterruptedException {
        all = new Issuers(SigningKey.of("one", algorithm), issuers);
        String text = all.token(issuers / 2);
        token = Secret.of(text);
        cached = new CachedTokens(
                all.judge, CachedTokens.Limits.STANDARD, InstantSource.system(), new SecureRandom(), all.threads);
        signatures = Issuers.signatures();
        int dot = text.lastIndexOf('.');
        signed = text.substring(0, dot).getBytes(StandardCharsets.US_ASCII);
        signature = Base64.getUrlDecoder().decode(text.substring(dot + 1));
        if (!(uncached() instanceof Outcome.Accepted) || !(cached() instanceof Outcome.Accepted)) {
            throw new IllegalStateException("the token is not accepted: " + uncached());
        }
    }

    @TearDown
    public void end() {
        all.close();
    }

    @Benchmark
    public boolean rawVerification() throws GeneralSecurityException {
        String name = algorithm.equals("RS256") ? "SHA256withRSA" : "SHA256withECDSAinP1363Format";
        return signatures.verify(name, Optional.empty(), all.key.pair().getPublic(), signed, signature);
    }

    @Benchmark
    public Outcome uncached() {
        return all.judge.authenticate(token, Audiences.UNSPECIFIED);
    }

    @Benchmark
    public Outcome cached() {
        return cached.authenticate(token, Audiences.UNSPECIFIED);
    }
}
