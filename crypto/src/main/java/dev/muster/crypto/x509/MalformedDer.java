package dev.muster.crypto.x509;

/** Bytes are not the DER they should be. The message names the fault, never the bytes. */
public final class MalformedDer extends Exception {

    private static final long serialVersionUID = 1L;

    public MalformedDer(String what) {
        super(what);
    }
}
