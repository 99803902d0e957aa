package dev.muster.authn.ledger;

import dev.muster.core.certificate.Issue;
import dev.muster.core.identity.Audiences;
import dev.muster.core.identity.Outcome.Accepted;
import dev.muster.core.identity.PeerChain;
import dev.muster.core.identity.Proof;
import dev.muster.core.identity.User;
import dev.muster.testkit.certs.CertificateSpec;
import dev.muster.testkit.certs.TestCa;
import dev.muster.testkit.clock.ManualClock;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Somebody with certificates, a ledger and time. */
final class Visits {

    final ManualClock clock = new ManualClock();
    final TestCa ca = TestCa.root("ca");
    final Ledger ledger;

    Visits() {
        this(1000, _ -> Optional.empty());
    }

    Visits(int most, Function<Issue, Optional<String>> revoking) {
        ledger = new Ledger(most, clock, revoking);
    }

    X509Certificate certificate(String name, String... groups) {
        var now = clock.instant();
        return ca.issue(CertificateSpec.client(name, groups)
                        .valid(now.minus(Duration.ofMinutes(5)), now.plus(Duration.ofDays(30))))
                .certificate();
    }

    static Accepted accepted(String name, List<X509Certificate> chain) {
        return new Accepted(
                new User(name, "", List.of("developers", User.AUTHENTICATED), Map.of()),
                Audiences.UNSPECIFIED,
                List.of(),
                new Proof(Optional.empty(), Optional.empty(), chain));
    }

    static InetSocketAddress at(String address) {
        return new InetSocketAddress(InetAddress.ofLiteral(address), 40_000);
    }

    /** One connection by a certificate. */
    final class Open {
        private final PeerChain peer;
        private final Accepted who;
        private final InetSocketAddress from;

        Open(X509Certificate leaf, String address) {
            peer = new PeerChain(List.of(leaf));
            who = accepted("john", List.of(leaf, ca.certificate()));
            from = at(address);
        }

        Open request() {
            ledger.used(who, peer, from);
            return this;
        }

        Runnable watch() {
            return ledger.watching(who, peer, from);
        }
    }

    Open open(X509Certificate leaf, String address) {
        return new Open(leaf, address);
    }

    void pass(Duration time) {
        clock.advance(time);
        ledger.tick();
    }
}
