package dev.muster.bench.oidc;

import dev.muster.authn.cached.CachedTokens;
import dev.muster.core.identity.Audiences;
import dev.muster.core.identity.Outcome;
import dev.muster.core.secret.Secret;
import dev.muster.testkit.issuer.SigningKey;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * CPU time of one thread for an id token: its signature alone, all of it, all of it from memory, in turn. Says more than {@link
 * IdTokenBenchmark} on a machine that is not quiet, since time in which others run is not counted.
 */
public final class IdTokenCost {

    private static final int ROUNDS = 20;
    private static final int EACH = 2000;

    private IdTokenCost() {}

    @FunctionalInterface
    private interface Task {
        boolean isDone() throws GeneralSecurityException;
    }

    public static void main(String[] arguments) throws InterruptedException, GeneralSecurityException {
        for (String algorithm : List.of("RS256", "ES256")) {
            for (int count : List.of(1, 100)) {
                try (var issuers = new Issuers(SigningKey.of("one", algorithm), count)) {
                    measure(algorithm, count, issuers);
                }
            }
        }
    }

    private static void measure(String algorithm, int count, Issuers issuers) throws GeneralSecurityException {
        String text = issuers.token(count / 2);
        var token = Secret.of(text);
        var cached = new CachedTokens(
                issuers.judge,
                CachedTokens.Limits.STANDARD,
                InstantSource.system(),
                new SecureRandom(),
                issuers.threads);
        int dot = text.lastIndexOf('.');
        byte[] signed = text.substring(0, dot).getBytes(StandardCharsets.US_ASCII);
        byte[] signature = Base64.getUrlDecoder().decode(text.substring(dot + 1));
        String name = algorithm.equals("RS256") ? "SHA256withRSA" : "SHA256withECDSAinP1363Format";
        var signatures = Issuers.signatures();
        var key = issuers.key.pair().getPublic();
        List<Task> tasks = List.of(
                () -> signatures.verify(name, Optional.empty(), key, signed, signature),
                () -> issuers.judge.authenticate(token, Audiences.UNSPECIFIED) instanceof Outcome.Accepted,
                () -> cached.authenticate(token, Audiences.UNSPECIFIED) instanceof Outcome.Accepted);
        double[][] micros = new double[tasks.size()][ROUNDS];
        for (int round = -ROUNDS; round < ROUNDS; round++) {
            for (int i = 0; i < tasks.size(); i++) {
                double one = round(tasks.get(i));
                if (round >= 0) {
                    micros[i][round] = one;
                }
            }
        }
        for (double[] all : micros) {
            Arrays.sort(all);
        }
        System.out.printf(
                "%s, %d issuers: signature %.1f us (least %.1f), token %.1f (%.1f), from memory %.2f (%.2f)%n",
                algorithm,
                count,
                micros[0][ROUNDS / 2],
                micros[0][0],
                micros[1][ROUNDS / 2],
                micros[1][0],
                micros[2][ROUNDS / 2],
                micros[2][0]);
    }

    private static double round(Task task) throws GeneralSecurityException {
        var threads = ManagementFactory.getThreadMXBean();
        long begun = threads.getCurrentThreadCpuTime();
        for (int i = 0; i < EACH; i++) {
            if (!task.isDone()) {
                throw new IllegalStateException("a good token was not accepted");
            }
        }
        return (threads.getCurrentThreadCpuTime() - begun) / 1e3 / EACH;
    }
}
