package dev.muster.server.wiring;

import dev.muster.apiserver.controllers.csrsigning.Signer;
import dev.muster.authn.ledger.Ledger;
import dev.muster.authn.ledger.LedgerKeeper;
import dev.muster.authn.revocable.Revocations;
import dev.muster.authn.x509.X509Authenticator;
import dev.muster.core.certificate.CertificateLedger;
import dev.muster.core.certificate.CertificateObserver;
import dev.muster.core.certificate.RevokedKeys;
import dev.muster.core.identity.Outcome;
import dev.muster.crypto.x509.KeyUse;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The ledger of client certificates: told by the pipeline and the signer, asked by the API, kept in the store. */
final class Certificates implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Certificates.class);

    /** About a kilobyte each. */
    private static final int MOST = 16_384;

    /** What a server that is killed forgets. */
    private static final Duration WRITTEN_EVERY = Duration.ofSeconds(30);

    private final Ledger ledger;
    private final LedgerKeeper keeper;
    private final Revocations revocations;
    private final Thread writing;
    private final CountDownLatch closed = new CountDownLatch(1);

    private Certificates(Ledger ledger, LedgerKeeper keeper, Revocations revocations) {
        this.ledger = ledger;
        this.keeper = keeper;
        this.revocations = revocations;
        this.writing = Thread.ofVirtual().name("certificate-ledger").unstarted(this::write);
    }

    static Certificates open(
            Storage storage,
            Revocations revocations,
            InstantSource clock,
            ScheduledExecutorService timer,
            Closing closing) {
        var ledger = new Ledger(MOST, clock, revocations::revoking);
        var keeper = new LedgerKeeper(storage.store(), ledger);
        keeper.load();
        var all = closing.add("certificate ledger", new Certificates(ledger, keeper, revocations));
        timer.scheduleAtFixedRate(ledger::tick, 1, 1, TimeUnit.SECONDS);
        all.writing.start();
        return all;
    }

    private void write() {
        boolean over = false;
        while (!over) {
            try {
                over = closed.await(WRITTEN_EVERY.toSeconds(), TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                over = true;
            }
            flush();
        }
    }

    private void flush() {
        try {
            keeper.flush();
        } catch (RuntimeException e) {
            LOG.warn("the uses of certificates were not written", e);
        }
    }

    CertificateLedger ledger() {
        return ledger;
    }

    CertificateObserver observer() {
        return ledger;
    }

    RevokedKeys revokedKeys() {
        return revocations;
    }

    /** The same signer, which also says what it has issued: a certificate that is never used is of interest too. */
    Signer noting(Signer signer) {
        return (request, uses, lifetime) -> {
            var certificate = signer.sign(request, uses, lifetime);
            if (uses.contains(KeyUse.CLIENT_AUTH)) {
                note(certificate);
            }
            return certificate;
        };
    }

    private void note(X509Certificate certificate) {
        if (X509Authenticator.describe(certificate) instanceof Outcome.Accepted accepted) {
            ledger.issued(certificate, accepted.user());
        }
    }

    /** Writes what is new. */
    @Override
    public void close() {
        closed.countDown();
        try {
            writing.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
