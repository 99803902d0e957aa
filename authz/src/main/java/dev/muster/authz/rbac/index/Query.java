package dev.muster.authz.rbac.index;

import dev.muster.core.access.Attributes;

/** A request, prepared once so that every rule is asked in few steps. */
sealed interface Query {

    String verb();

    /** The verb's bit in {@link Verbs}; 0 when it has none. */
    long verbBit();

    /** What is asked for, for {@link Sieve}. */
    long sieve();

    /**
     * For API objects.
     *
     * @param resource with its subresource, as rules name it
     * @param anyWithSubresource {@code *&#47;sub}; empty without subresource
     */
    record OfResource(
            String verb,
            long verbBit,
            long sieve,
            String apiGroup,
            String resource,
            String anyWithSubresource,
            String name)
            implements Query {}

    /** For other paths. */
    record OfPath(String verb, long verbBit, String path) implements Query {
        @Override
        public long sieve() {
            return Sieve.PATHS;
        }
    }

    static Query of(Attributes attributes) {
        String verb = attributes.verb();
        return switch (attributes) {
            case Attributes.ResourceAttributes r -> {
                String sub = r.subresource();
                String resource = sub.isEmpty() ? r.resource() : r.resource() + "/" + sub;
                String any = sub.isEmpty() ? "" : "*/" + sub;
                long sieve = Sieve.ANY_RESOURCE | Sieve.resource(resource) | Sieve.resource(any);
                yield new OfResource(verb, Verbs.bit(verb), sieve, r.apiGroup(), resource, any, r.name());
            }
            case Attributes.PathAttributes p -> new OfPath(verb, Verbs.bit(verb), p.path());
        };
    }
}
