package dev.muster.testkit.certs;

import dev.muster.core.identity.Reason;
import dev.muster.crypto.x509.CertifiedKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a client presents and what is to come of it.
 *
 * @param name what is odd
 * @param presented leaf first, with the leaf's key; to be presented exactly so
 * @param roots what the server trusts
 * @param refused why it is refused; empty when it is accepted
 * @param openssl why {@code openssl verify -purpose sslclient} says otherwise; empty when it agrees
 * @param handshake whether a TLS stack can be expected to carry it to the judge at all
 */
public record CertificateCase(
        String name,
        CertifiedKey presented,
        List<X509Certificate> roots,
        Optional<Reason> refused,
        Optional<String> openssl,
        boolean handshake) {

    static CertificateCase accepted(String name, TestCa root, CertifiedKey leaf, X509Certificate... more) {
        return of(name, root, Optional.empty(), leaf, more);
    }

    static CertificateCase refused(
            String name, Reason reason, TestCa root, CertifiedKey leaf, X509Certificate... more) {
        return of(name, root, Optional.of(reason), leaf, more);
    }

    private static CertificateCase of(
            String name, TestCa root, Optional<Reason> refused, CertifiedKey leaf, X509Certificate... more) {
        var chain = new ArrayList<>(leaf.chain());
        chain.addAll(List.of(more));
        return new CertificateCase(
                name,
                new CertifiedKey(chain, leaf.key()),
                List.of(root.certificate()),
                refused,
                Optional.empty(),
                true);
    }

    /** Openssl decides otherwise, and that is as it should be. */
    CertificateCase unlikeOpenssl(String why) {
        return new CertificateCase(name, presented, roots, refused, Optional.of(why), handshake);
    }

    /** For judges alone: TLS stacks refuse it before. */
    CertificateCase notOverTls() {
        return new CertificateCase(name, presented, roots, refused, openssl, false);
    }

    @Override
    public String toString() {
        return name;
    }
}
