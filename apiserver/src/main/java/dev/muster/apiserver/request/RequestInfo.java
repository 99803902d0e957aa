package dev.muster.apiserver.request;

import dev.muster.core.access.Attributes;
import dev.muster.core.identity.User;
import java.util.List;
import java.util.Optional;

/**
 * Kubernetes' RequestInfo: what authorization, routing, audit and metrics see of a URL. Nothing behind the parser reads the
 * URL again, so that what is authorised is what is served.
 *
 * @param resourceRequest whether it names API objects; everything else is a plain path
 * @param path the path with its percent-encoding undone once, and nothing else done to it
 * @param verb get, list, watch, create, update, patch, delete, deletecollection, proxy; the lower-case method for plain
 *     paths; empty for an unknown method
 * @param apiPrefix {@code api} or {@code apis}; empty for plain paths
 * @param subresource empty when none
 * @param name empty when the URL names no object; a {@code metadata.name} field selector of a list or watch counts as one
 * @param parts what follows the namespace: resource, name, subresource and any further segments; empty segments are kept
 * @param selectors the raw selectors of list, watch and deletecollection; empty when there are none
 */
public record RequestInfo(
        boolean resourceRequest,
        String path,
        String verb,
        String apiPrefix,
        String apiGroup,
        String apiVersion,
        String namespace,
        String resource,
        String subresource,
        String name,
        List<String> parts,
        Optional<Attributes.Selectors> selectors) {
    public RequestInfo {
        parts = List.copyOf(parts);
    }

    /** Without selectors. */
    public RequestInfo(
            boolean resourceRequest,
            String path,
            String verb,
            String apiPrefix,
            String apiGroup,
            String apiVersion,
            String namespace,
            String resource,
            String subresource,
            String name,
            List<String> parts) {
        this(
                resourceRequest,
                path,
                verb,
                apiPrefix,
                apiGroup,
                apiVersion,
                namespace,
                resource,
                subresource,
                name,
                parts,
                Optional.empty());
    }

    /** A path that names no API object. */
    static RequestInfo ofPath(String path, String verb) {
        return new RequestInfo(false, path, verb, "", "", "", "", "", "", "", List.of(), Optional.empty());
    }

    /** The question to put to an authorizer. */
    public Attributes attributes(User user) {
        if (!resourceRequest) {
            return new Attributes.PathAttributes(user, verb, path);
        }
        return new Attributes.ResourceAttributes(
                user, verb, namespace, apiGroup, apiVersion, resource, subresource, name, path, selectors);
    }

    /** Whether the request may stay open for long, so that no deadline or share of the in-flight limit holds for it. */
    public boolean longRunning() {
        return switch (verb) {
            case "watch", "proxy" -> true;
            default ->
                resourceRequest
                        && switch (subresource) {
                            case "attach", "exec", "proxy", "log", "portforward" -> true;
                            default -> false;
                        };
        };
    }
}
