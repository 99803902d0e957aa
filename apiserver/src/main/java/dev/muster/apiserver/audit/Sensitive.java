package dev.muster.apiserver.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.muster.apiserver.request.RequestInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The kinds whose objects hold credentials, and what of them may be shown: a list of what is harmless, so that a misspelt or new
 * field is masked too. Keys stay, values go.
 */
enum Sensitive {
    SECRET(Set.of("type", "immutable"), Set.of(), Set.of()),
    TOKEN_REVIEW(Set.of(), Set.of("audiences"), Set.of("authenticated", "user", "audiences", "error")),
    TOKEN_REQUEST(Set.of(), Set.of("audiences", "expirationSeconds", "boundObjectRef"), Set.of("expirationTimestamp")),
    ACCESS_TOKEN(
            Set.of(),
            Set.of("user", "description", "audiences", "groups", "expirationSeconds"),
            Set.of("hash", "expirationTimestamp", "lastUsedTime", "madeWith"));

    private static final Set<String> METADATA = Set.of(
            "name",
            "generateName",
            "namespace",
            "uid",
            "resourceVersion",
            "generation",
            "creationTimestamp",
            "deletionTimestamp",
            "deletionGracePeriodSeconds",
            "labels",
            "annotations",
            "ownerReferences",
            "finalizers",
            "managedFields",
            "continue",
            "remainingItemCount");

    /** kubectl keeps the whole object here. */
    private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

    private static final Set<String> ENVELOPE =
            Set.of("kind", "apiVersion", "metadata", "columnDefinitions", "cells", "conditions");
    private static final Set<String> STATUS = Set.of("status", "message", "reason", "details", "code");
    private static final Set<String> DELETION = Set.of(
            "kind",
            "apiVersion",
            "gracePeriodSeconds",
            "preconditions",
            "orphanDependents",
            "propagationPolicy",
            "dryRun");

    private final Set<String> plain;
    private final Set<String> spec;
    private final Set<String> status;

    Sensitive(Set<String> plain, Set<String> spec, Set<String> status) {
        this.plain = plain;
        this.spec = spec;
        this.status = status;
    }

    /** Of what a request is about. */
    static Optional<Sensitive> of(RequestInfo info) {
        return switch (info.resource()) {
            case "secrets" -> Optional.of(SECRET);
            case "tokenreviews" -> Optional.of(TOKEN_REVIEW);
            case "accesstokens" -> Optional.of(ACCESS_TOKEN);
            case "serviceaccounts" ->
                info.subresource().equals("token") ? Optional.of(TOKEN_REQUEST) : Optional.empty();
            default -> Optional.empty();
        };
    }

    /** Masks in place what was sent; returns what to show, which is another node only for what is no object. */
    JsonNode maskRequest(JsonNode tree, String verb) {
        if (tree instanceof ArrayNode operations && verb.equals("patch")) {
            return maskPatch(operations);
        }
        if (tree instanceof ObjectNode options && verb.startsWith("delete")) {
            keep(options, DELETION);
            return options;
        }
        return mask(tree);
    }

    /** Masks in place what was answered. */
    JsonNode maskResponse(JsonNode tree) {
        if (tree instanceof ObjectNode object
                && object.path("kind").asText("").equals("Status")
                && object.path("apiVersion").asText("").equals("v1")) {
            keep(object, STATUS);
            return object;
        }
        return mask(tree);
    }

    private JsonNode mask(JsonNode tree) {
        if (tree instanceof ObjectNode object) {
            maskObject(object);
            return object;
        }
        return TextNode.valueOf(Masks.MASK);
    }

    private void maskObject(ObjectNode object) {
        for (String name : names(object)) {
            JsonNode value = object.get(name);
            switch (name) {
                case "metadata" -> maskMetadata(object, value);
                case "items", "rows" -> maskAll(object, name, value);
                case "object" -> object.set(name, mask(value));
                case "spec" -> keepOnly(object, name, value, spec);
                case "status" -> keepOnly(object, name, value, status);
                default -> {
                    if (!ENVELOPE.contains(name) && !plain.contains(name)) {
                        maskValues(object, name, value);
                    }
                }
            }
        }
    }

    private void maskAll(ObjectNode object, String name, JsonNode list) {
        if (list instanceof ArrayNode items) {
            for (int i = 0; i < items.size(); i++) {
                items.set(i, mask(items.get(i)));
            }
        } else {
            object.put(name, Masks.MASK);
        }
    }

    private static void maskMetadata(ObjectNode object, JsonNode value) {
        if (!(value instanceof ObjectNode metadata)) {
            object.put("metadata", Masks.MASK);
            return;
        }
        keep(metadata, METADATA);
        if (metadata.get("annotations") instanceof ObjectNode annotations && annotations.has(LAST_APPLIED)) {
            annotations.put(LAST_APPLIED, Masks.MASK);
        }
    }

    private static void keepOnly(ObjectNode object, String name, JsonNode value, Set<String> shown) {
        if (value instanceof ObjectNode inner) {
            keep(inner, shown);
        } else {
            object.put(name, Masks.MASK);
        }
    }

    private static void keep(ObjectNode object, Set<String> shown) {
        for (String name : names(object)) {
            if (!shown.contains(name) && !ENVELOPE.contains(name)) {
                object.put(name, Masks.MASK);
            }
        }
    }

    /** Of a map the keys stay: they say what was changed. */
    private static void maskValues(ObjectNode object, String name, JsonNode value) {
        if (value instanceof ObjectNode map) {
            names(map).forEach(key -> map.put(key, Masks.MASK));
        } else {
            object.put(name, Masks.MASK);
        }
    }

    /** A JSON patch: where it changes something, not to what. */
    private static ArrayNode maskPatch(ArrayNode operations) {
        for (int i = 0; i < operations.size(); i++) {
            if (operations.get(i) instanceof ObjectNode operation) {
                for (String name : names(operation)) {
                    if (!name.equals("op") && !name.equals("path") && !name.equals("from")) {
                        operation.put(name, Masks.MASK);
                    }
                }
            } else {
                operations.set(i, TextNode.valueOf(Masks.MASK));
            }
        }
        return operations;
    }

    private static List<String> names(ObjectNode object) {
        var names = new ArrayList<String>(object.size());
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
