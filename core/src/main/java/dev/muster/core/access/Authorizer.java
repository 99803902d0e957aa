package dev.muster.core.access;

/** Decides whether a request may proceed. Thread-safe; does not block: see {@link Decision.Elsewhere}. */
@FunctionalInterface
public interface Authorizer {

    Decision authorize(Attributes attributes);
}
