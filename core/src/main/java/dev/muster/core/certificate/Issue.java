package dev.muster.core.certificate;

import dev.muster.core.identity.User;
import java.math.BigInteger;
import java.time.Instant;

/**
 * What a client certificate says, which never changes.
 *
 * @param user whom it names, without the groups that everybody has
 * @param issuer the issuer's name, as OpenSSL and Kubernetes write it for people
 * @param serial the issuer's number for it
 * @param keys by what revocations know it
 * @param from the first moment it is good for
 * @param until the last one
 */
public record Issue(User user, String issuer, BigInteger serial, Keys keys, Instant from, Instant until) {

    /**
     * SHA-256 of SubjectPublicKeyInfo, 64 hexadecimal digits.
     *
     * @param issuer of the issuer's key; empty while it is not known
     * @param own of the certificate's own
     */
    public record Keys(String issuer, String own) {}
}
