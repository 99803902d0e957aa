package dev.muster.crypto.x509;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;

/** Private keys from the three PEM forms in use; PKCS#1 and SEC1 are wrapped as PKCS#8, which is all that the JDK reads. */
final class PrivateKeys {

    private static final String RSA = "1.2.840.113549.1.1.1";
    private static final String EC = "1.2.840.10045.2.1";
    private static final byte[] VERSION_0 = {2, 1, 0};
    private static final byte[] RSA_ALGORITHM = {0x30, 13, 6, 9, 42, -122, 72, -122, -9, 13, 1, 1, 1, 5, 0};
    private static final byte[] EC_OID = {6, 7, 42, -122, 72, -50, 61, 2, 1};

    private PrivateKeys() {}

    static PrivateKey read(Pem.Block block) throws MalformedPem {
        try {
            byte[] pkcs8 = switch (block.label()) {
                case "RSA PRIVATE KEY" -> wrap(RSA_ALGORITHM, block.der());
                case "EC PRIVATE KEY" -> wrap(ecAlgorithm(block.der()), block.der());
                default -> block.der();
            };
            return KeyFactory.getInstance(family(pkcs8)).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } catch (GeneralSecurityException e) {
            throw new MalformedPem("a private key of a kind that is not supported, or damaged");
        } catch (MalformedDer e) {
            throw new MalformedPem("a private key that cannot be read: " + e.getMessage());
        }
    }

    /** The JDK's name of the key's algorithm. */
    private static String family(byte[] pkcs8) throws MalformedDer {
        var outer = Der.over(pkcs8);
        var key = outer.next(Der.SEQUENCE).inside();
        outer.done();
        key.next(Der.INTEGER);
        String oid = key.next(Der.SEQUENCE).inside().next(Der.OID).oid();
        return switch (oid) {
            case RSA -> "RSA";
            case EC -> "EC";
            case "1.2.840.113549.1.1.10" -> "RSASSA-PSS";
            case "1.3.101.112" -> "Ed25519";
            default -> throw new MalformedDer("an algorithm that is not supported: " + oid);
        };
    }

    /** Version 0, the algorithm, the key inside an octet string. */
    private static byte[] wrap(byte[] algorithm, byte[] key) {
        return element(0x30, VERSION_0, algorithm, element(Der.OCTET_STRING, key));
    }

    /** The curve stands inside a SEC1 key and must move to the algorithm. */
    private static byte[] ecAlgorithm(byte[] sec1) throws MalformedDer {
        var outer = Der.over(sec1);
        var key = outer.next(Der.SEQUENCE).inside();
        outer.done();
        key.next(Der.INTEGER);
        key.next(Der.OCTET_STRING);
        Der.need(key.peek() == 0xa0, "an elliptic curve key that does not name its curve");
        return element(0x30, EC_OID, key.next().inside().next(Der.OID).whole());
    }

    private static byte[] element(int tag, byte[]... parts) {
        var value = new ByteArrayOutputStream();
        for (var part : parts) {
            value.writeBytes(part);
        }
        var out = new ByteArrayOutputStream();
        out.write(tag);
        int length = value.size();
        if (length >= 0x80) {
            int count = length > 0xffff ? 3 : length > 0xff ? 2 : 1;
            out.write(0x80 | count);
            for (int i = count - 1; i >= 0; i--) {
                out.write(length >> (8 * i));
            }
        } else {
            out.write(length);
        }
        out.writeBytes(value.toByteArray());
        return out.toByteArray();
    }
}
