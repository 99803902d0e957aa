package dev.muster.core.certificate;

import dev.muster.core.identity.Outcome;
import dev.muster.core.identity.PeerChain;
import java.net.InetSocketAddress;

/** Told of every request that was accepted by its client certificate. Thread-safe, called on the event loop: must be quick. */
public interface CertificateObserver {

    /** Nobody looks. */
    CertificateObserver NOBODY = new CertificateObserver() {
        @Override
        public void used(Outcome.Accepted who, PeerChain connection, InetSocketAddress from) {
            // Nobody looks.
        }

        @Override
        public Runnable watching(Outcome.Accepted who, PeerChain connection, InetSocketAddress from) {
            return () -> {};
        }
    };

    /**
     * A request came.
     *
     * @param who what the certificate was accepted as, with the chain that proved it
     * @param connection its connection
     * @param from the connection's other end
     */
    void used(Outcome.Accepted who, PeerChain connection, InetSocketAddress from);

    /**
     * The same, of a request that goes on for long and is a use as long as it does.
     *
     * @return to be called when the request is over; may be called more than once
     */
    Runnable watching(Outcome.Accepted who, PeerChain connection, InetSocketAddress from);
}
