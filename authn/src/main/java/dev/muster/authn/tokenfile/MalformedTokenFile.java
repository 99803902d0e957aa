package dev.muster.authn.tokenfile;

/** A token file cannot be used. The message names the line and the fault, never the content. */
public final class MalformedTokenFile extends Exception {

    private static final long serialVersionUID = 1L;

    MalformedTokenFile(int line, String what) {
        super("line " + line + ": " + what);
    }

    MalformedTokenFile(String what) {
        super(what);
    }
}
