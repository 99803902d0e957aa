package dev.muster.bench.revocation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.muster.api.meta.ApiObject;
import dev.muster.authn.revocable.Heartbeat;
import dev.muster.authn.revocable.Revocable;
import dev.muster.authn.revocable.Revocations;
import dev.muster.core.identity.Audiences;
import dev.muster.core.identity.Authenticator;
import dev.muster.core.identity.Outcome;
import dev.muster.core.identity.PeerChain;
import dev.muster.core.identity.Proof;
import dev.muster.core.identity.User;
import dev.muster.core.store.Cache.Cached;
import dev.muster.core.store.Cache.Snapshot;
import dev.muster.core.store.Key;
import dev.muster.core.store.Revision;
import dev.muster.testkit.authn.Presented;
import dev.muster.testkit.certs.TestCa;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
import org.openjdk.jmh.annotations.Warmup;

/** One request of somebody whose credential was not taken back, among the revocations of others. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class RevocableBenchmark {

    @Param({"0", "100000"})
    public int revocations;

    private Authenticator bareCertificate;
    private Authenticator certificate;
    private Authenticator token;
    private Presented connection;

    @Setup
    public void fill() {
        var ca = TestCa.root("ca");
        var john = ca.client("john").certificate();
        connection = Presented.NOTHING.with(new PeerChain(List.of(john)));
        var proof = new Proof(Optional.of(Instant.now()), Optional.empty(), List.of(john, ca.certificate()));
        var byCertificate = new Outcome.Accepted(user("X509SHA256=00"), Audiences.UNSPECIFIED, List.of(), proof);
        var byToken = new Outcome.Accepted(
                user("JTI=1"), Audiences.UNSPECIFIED, List.of(), Proof.ofToken(Instant.now(), Instant.MAX));
        long start = System.nanoTime();
        var revocable = new Revocable(
                index(),
                new Heartbeat(
                        () -> Duration.ofNanos(System.nanoTime() - start),
                        Duration.ofDays(1),
                        ca.certificate().getPublicKey()));
        bareCertificate = _ -> byCertificate;
        certificate = revocable.requests(bareCertificate);
        token = revocable.requests(_ -> byToken);
    }

    private static User user(String credential) {
        return new User("john", "", List.of(), Map.of(User.CREDENTIAL_ID, List.of(credential)));
    }

    /** A third each of keys with numbers, tokens, and people. */
    private Revocations index() {
        var items = new ArrayList<Cached<ApiObject>>();
        for (int i = 0; i < revocations; i++) {
            var tree = JsonNodeFactory.instance.objectNode();
            var spec = tree.putObject("spec");
            switch (i % 3) {
                case 0 ->
                    spec.putObject("certificate")
                            .put("publicKeyHash", "%064x".formatted(i))
                            .put("issuerKeyHash", "%064x".formatted(7))
                            .put("serialNumber", Integer.toHexString(i));
                case 1 -> spec.putObject("token").put("id", "token-" + i);
                default -> spec.putObject("user").put("name", "user-" + i).put("issuedBefore", "2026-01-01T00:00:00Z");
            }
            items.add(new Cached<>(Key.of(Revocations.PREFIX.path() + i), ApiObject.of(tree), Revision.of(1)));
        }
        var index = new Revocations();
        index.reset(new Snapshot<>(items, Revision.of(1)));
        return index;
    }

    @Benchmark
    public Outcome withoutRevocation() {
        return bareCertificate.authenticate(connection);
    }

    @Benchmark
    public Outcome certificate() {
        return certificate.authenticate(connection);
    }

    @Benchmark
    public Outcome token() {
        return token.authenticate(Presented.NOTHING);
    }
}
