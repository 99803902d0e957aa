package dev.muster.crypto.jose;

import dev.muster.crypto.provider.Signatures;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The keys whose signatures are believed. Immutable. */
public final class VerificationKeys {

    private final Map<String, VerificationKey> byId = new LinkedHashMap<>();
    private final Signatures signatures;

    public VerificationKeys(List<VerificationKey> keys, Signatures signatures) {
        keys.forEach(key -> byId.putIfAbsent(key.id(), key));
        this.signatures = signatures;
    }

    /** What became of it. */
    public enum Verdict {
        VERIFIED,
        /** The token names a key that is not one of these. */
        NO_KEY,
        /** No key made this signature. */
        BAD_SIGNATURE
    }

    /** A key that is named is the only one tried; otherwise all are. */
    public Verdict verify(CompactJws token) throws MalformedJws {
        var header = token.header();
        if (header.keyId().isPresent()) {
            var key = byId.get(header.keyId().get());
            if (key == null) {
                return Verdict.NO_KEY;
            }
            return key.verifies(token, header, signatures) ? Verdict.VERIFIED : Verdict.BAD_SIGNATURE;
        }
        boolean any = byId.values().stream().anyMatch(key -> key.verifies(token, header, signatures));
        return any ? Verdict.VERIFIED : Verdict.BAD_SIGNATURE;
    }

    /** In the order given, each once. */
    public List<VerificationKey> all() {
        return List.copyOf(byId.values());
    }
}
