package dev.muster.apiserver.request;

import java.util.List;

/**
 * Kubernetes' RequestInfo: what authorization, routing, audit and metrics see of a URL.
 *
 * @param resourceRequest whether it names API objects; everything else is a plain path
 * @param path the raw path
 * @param verb get, list, watch, create, update, patch, delete, deletecollection, proxy; the lower-case method for plain
 *     paths; empty for an unknown method
 * @param apiPrefix {@code api} or {@code apis}; empty for plain paths
 * @param subresource empty when none
 * @param name empty when the URL names no object; a {@code metadata.name} field selector counts as one
 * @param parts what follows the namespace: resource, name, subresource and any further segments
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
        List<String> parts) {
    public RequestInfo {
        parts = List.copyOf(parts);
    }
}
