package dev.muster.crypto.jose;

/** A token that cannot be read. The message names the fault, never the content. */
public final class MalformedJws extends Exception {

    private static final long serialVersionUID = 1L;

    MalformedJws(String what) {
        super(what, null, false, false);
    }
}
