package dev.muster.crypto.x509;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.HexFormat;

/**
 * One name per public key: the SHA-256 of its SubjectPublicKeyInfo (RFC 5280, 4.1) in lower-case hex, as {@code openssl x509
 * -pubkey -noout | openssl pkey -pubin -outform DER | sha256sum} prints it.
 *
 * <p>The key is written anew first: an RSA key that calls itself RSASSA-PSS, or has its parameters left out, is still that key,
 * and whoever was refused with it must not come back in another dress.
 */
public final class PublicKeyHash {

    private PublicKeyHash() {}

    /** 64 lower-case hex digits. */
    public static String of(PublicKey key) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(plain(key)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a JDK that cannot write its own keys", e);
        }
    }

    private static byte[] plain(PublicKey key) throws GeneralSecurityException {
        return switch (key) {
            case RSAPublicKey rsa ->
                KeyFactory.getInstance("RSA")
                        .generatePublic(new RSAPublicKeySpec(rsa.getModulus(), rsa.getPublicExponent()))
                        .getEncoded();
            case ECPublicKey ec ->
                KeyFactory.getInstance("EC")
                        .generatePublic(new ECPublicKeySpec(ec.getW(), ec.getParams()))
                        .getEncoded();
            default -> key.getEncoded();
        };
    }
}
