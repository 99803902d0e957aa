package dev.muster.bench.oidc;

import dev.muster.core.identity.Audiences;
import dev.muster.core.identity.Outcome;
import dev.muster.core.secret.Secret;
import dev.muster.testkit.issuer.SigningKey;
import dev.muster.testkit.issuer.TestIssuer;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;

/**
 * Ten thousand tokens with key ids that nobody published, while good tokens go on: how often the issuer was asked, and how long the
 * good ones took before and meanwhile. Run it with the class path of this module; it takes some seconds.
 */
public final class UnknownKeys {

    private static final int STRANGERS = 10_000;
    private static final int SAMPLES = 5_000;

    private UnknownKeys() {}

    public static void main(String[] arguments) throws InterruptedException {
        try (var issuers = new Issuers(SigningKey.rsa("one"), 1)) {
            var good = Secret.of(issuers.token(0));
            latencies(issuers, good);
            long[] before = latencies(issuers, good);
            int fetched = issuers.server.asked(TestIssuer.KEYS);
            var done = new CountDownLatch(STRANGERS);
            long begun = System.nanoTime();
            for (int i = 0; i < STRANGERS; i++) {
                var stranger = Secret.of(issuers.server
                        .token("kubernetes", java.time.Instant.now())
                        .text("iss", Issuers.url(0))
                        .header("kid", "\"stranger-" + i + "\"")
                        .header("alg", "\"RS256\"")
                        .unsigned());
                issuers.threads.execute(() -> {
                    var outcome = issuers.judge.authenticate(stranger, Audiences.UNSPECIFIED);
                    if (outcome instanceof Outcome.Elsewhere elsewhere) {
                        elsewhere.ask().get();
                    }
                    done.countDown();
                });
            }
            long[] during = latencies(issuers, good);
            done.await();
            var took = Duration.ofNanos(System.nanoTime() - begun);
            System.out.printf(
                    "%d unknown key ids in %d ms: %d fetches%n",
                    STRANGERS, took.toMillis(), issuers.server.asked(TestIssuer.KEYS) - fetched);
            tell("good tokens before", before);
            tell("good tokens meanwhile", during);
        }
    }

    private static long[] latencies(Issuers issuers, Secret good) {
        long[] nanos = new long[SAMPLES];
        for (int i = 0; i < SAMPLES; i++) {
            long begun = System.nanoTime();
            if (!(issuers.judge.authenticate(good, Audiences.UNSPECIFIED) instanceof Outcome.Accepted)) {
                throw new IllegalStateException("a good token was not accepted at once");
            }
            nanos[i] = System.nanoTime() - begun;
        }
        Arrays.sort(nanos);
        return nanos;
    }

    private static void tell(String what, long[] sorted) {
        System.out.printf(
                "%s: p50 %.1f us, p99 %.1f us%n",
                what, sorted[sorted.length / 2] / 1e3, sorted[sorted.length * 99 / 100] / 1e3);
    }
}
