package dev.muster.crypto.jose;

import dev.muster.crypto.provider.Signatures;
import dev.muster.crypto.x509.KeyPairs;
import dev.muster.crypto.x509.MalformedPem;
import dev.muster.crypto.x509.Pem;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.jcajce.provider.asymmetric.util.EC5Util;

/** Keys of tokens from PEM files, as {@code --service-account-key-file} and {@code --service-account-signing-key-file} take them. */
public final class KeyFiles {

    private KeyFiles() {}

    /** All keys of a file that verify: public keys, those of certificates, and the public halves of private keys; at least one. */
    public static List<VerificationKey> verifying(byte[] file) throws MalformedPem {
        var keys = new ArrayList<VerificationKey>();
        for (var block : Pem.blocks(file)) {
            switch (block.label()) {
                case "PUBLIC KEY" -> keys.add(usable(spki(block.der())));
                case "RSA PUBLIC KEY" -> keys.add(usable(pkcs1(block.der())));
                case "CERTIFICATE" ->
                    keys.add(usable(Pem.certificate(block.der()).getPublicKey()));
                case "PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY" -> keys.add(usable(publicHalf(one(block))));
                default -> {
                    // parameters may stand beside a key
                }
            }
        }
        if (keys.isEmpty()) {
            throw new MalformedPem("no public key in it");
        }
        return keys;
    }

    /** The private key of a file, as a signer. */
    public static JwsSigner signing(byte[] file, Signatures signatures) throws MalformedPem {
        return signer(Pem.privateKey(file), signatures);
    }

    /** A private key as a signer. */
    public static JwsSigner signer(PrivateKey key, Signatures signatures) throws MalformedPem {
        PublicKey half = publicHalf(key);
        if (!KeyPairs.match(half, key)) {
            throw new MalformedPem("a private key that is damaged");
        }
        return new JwsSigner(usable(half), key, signatures);
    }

    private static PrivateKey one(Pem.Block block) throws MalformedPem {
        return Pem.privateKey(
                Pem.block(block.label(), block.der()).getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    }

    private static VerificationKey usable(PublicKey key) throws MalformedPem {
        return VerificationKey.of(key)
                .orElseThrow(() -> new MalformedPem(
                        "a key of a kind that signs no tokens: RSA of 1024 bits or more, P-256, P-384 or P-521 do"));
    }

    private static PublicKey spki(byte[] der) throws MalformedPem {
        for (String family : List.of("RSA", "EC")) {
            try {
                return KeyFactory.getInstance(family).generatePublic(new X509EncodedKeySpec(der));
            } catch (GeneralSecurityException e) {
                // the other kind, perhaps
            }
        }
        throw new MalformedPem("a public key that is neither RSA nor elliptic curve, or damaged");
    }

    private static PublicKey pkcs1(byte[] der) throws MalformedPem {
        try {
            var key = RSAPublicKey.getInstance(der);
            return rsa(key.getModulus(), key.getPublicExponent());
        } catch (IllegalArgumentException | GeneralSecurityException e) {
            throw new MalformedPem("an RSA public key that cannot be read");
        }
    }

    private static PublicKey publicHalf(PrivateKey key) throws MalformedPem {
        try {
            return switch (key) {
                case RSAPrivateCrtKey rsa -> rsa(rsa.getModulus(), rsa.getPublicExponent());
                case ECPrivateKey ec -> {
                    var curve = EC5Util.convertSpec(ec.getParams());
                    var point = curve.getG().multiply(ec.getS()).normalize();
                    yield KeyFactory.getInstance("EC")
                            .generatePublic(new ECPublicKeySpec(
                                    new ECPoint(
                                            point.getAffineXCoord().toBigInteger(),
                                            point.getAffineYCoord().toBigInteger()),
                                    ec.getParams()));
                }
                default -> throw new MalformedPem("a private key of a kind that signs no tokens");
            };
        } catch (GeneralSecurityException e) {
            throw new MalformedPem("a private key whose public half cannot be made");
        }
    }

    private static PublicKey rsa(BigInteger modulus, BigInteger exponent) throws GeneralSecurityException {
        return KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, exponent));
    }
}
