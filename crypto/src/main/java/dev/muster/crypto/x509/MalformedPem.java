package dev.muster.crypto.x509;

/** A file is not the PEM it should be. The message says where and what, never the content. */
public final class MalformedPem extends Exception {

    private static final long serialVersionUID = 1L;

    public MalformedPem(String what) {
        super(what);
    }
}
