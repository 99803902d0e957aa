package dev.muster.authz.rbac.index;

import dev.muster.core.access.Attributes;

/** A request, prepared once so that every rule is asked in few steps. */
sealed interface Query {

    String verb();

    /** The verb's bit in {@link Verbs}; 0 when it has none. */
    long verbBit();

    /**
     * For API objects.
     *
     * @param resource with its subresource, as rules name it
     * @param anyWithSubresource {@code *&#47;sub}; empty without subresource
     */
    record OfResource(
            String verb, long verbBit, String apiGroup, String resource, String anyWithSubresource, String name)
            implements Query {}

    /** For other paths. */
    record OfPath(String verb, long verbBit, String path) implements Query {}

    static Query of(Attributes attributes) {
        String verb = attributes.verb();
        return switch (attributes) {
            case Attributes.ResourceAttributes r -> {
                boolean plain = r.subresource().isEmpty();
                yield new OfResource(
                        verb,
                        Verbs.bit(verb),
                        r.apiGroup(),
                        plain ? r.resource() : r.resource() + "/" + r.subresource(),
                        plain ? "" : "*/" + r.subresource(),
                        r.name());
            }
            case Attributes.PathAttributes p -> new OfPath(verb, Verbs.bit(verb), p.path());
        };
    }
}
