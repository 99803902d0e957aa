package dev.muster.core.access;

import dev.muster.core.identity.User;
import java.util.Optional;

/** What a request wants to do, as authorizers see it (Kubernetes' {@code authorizer.Attributes}). */
public sealed interface Attributes {

    User user();

    /** get, list, watch, create, ... for resources; the lower-case HTTP method for paths; empty for unknown methods. */
    String verb();

    /**
     * An operation on API objects.
     *
     * @param namespace empty for cluster scope and for all namespaces
     * @param apiGroup empty for the core group
     * @param subresource empty when none
     * @param name empty when the request names no object
     * @param path the request path, percent-encoding undone once
     * @param selectors what list, watch and deletecollection are narrowed to, when the request said so
     */
    record ResourceAttributes(
            User user,
            String verb,
            String namespace,
            String apiGroup,
            String apiVersion,
            String resource,
            String subresource,
            String name,
            String path,
            Optional<Selectors> selectors)
            implements Attributes {

        /** Without path and selectors, as a review asks. */
        public static ResourceAttributes of(
                User user,
                String verb,
                String namespace,
                String apiGroup,
                String resource,
                String subresource,
                String name) {
            return new ResourceAttributes(
                    user, verb, namespace, apiGroup, "*", resource, subresource, name, "", Optional.empty());
        }
    }

    /**
     * A path that is no API object: discovery, health, metrics.
     *
     * @param path the path with its percent-encoding undone once, and nothing else done to it
     */
    record PathAttributes(User user, String verb, String path) implements Attributes {}

    /** The raw field and label selector of a request; empty text when absent. */
    record Selectors(String field, String label) {}
}
