package dev.muster.core.identity;

/** Judges what a request presents. Implementations are immutable or thread-safe, and do not block: see {@link Outcome.Elsewhere}. */
@FunctionalInterface
public interface Authenticator {

    /** Who presented these credentials; never throws for anything a stranger can send. */
    Outcome authenticate(Credentials presented);
}
