package dev.muster.apiserver.review;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.meta.FieldErrors;
import dev.muster.api.meta.FieldPath;
import dev.muster.api.meta.Status.Cause;
import dev.muster.api.strategy.QualifiedNames;
import java.util.ArrayList;
import java.util.List;

/** What must hold of an access review, in Kubernetes' words. */
final class AccessRules {

    private static final FieldPath SPEC = FieldPath.of("spec");
    private static final FieldPath RESOURCE = SPEC.child("resourceAttributes");
    private static final FieldPath PATH = SPEC.child("nonResourceAttributes");

    private final List<Cause> causes = new ArrayList<>();

    private AccessRules() {}

    /** @param of who is asked about, which decides what else must be said */
    static List<Cause> validate(ObjectNode review, AccessReviews.Of of) {
        var rules = new AccessRules();
        var spec = review.path("spec");
        rules.question(spec);
        if (of != AccessReviews.Of.SELF
                && Trees.text(spec, "user").isEmpty()
                && spec.path("groups").isEmpty()) {
            rules.causes.add(
                    FieldErrors.invalid(SPEC.child("user"), "", "at least one of user or group must be specified"));
        }
        rules.metadata(review.path("metadata"), of);
        if (of == AccessReviews.Of.SUBJECT_IN_NAMESPACE) {
            rules.local(spec, Trees.text(review.path("metadata"), "namespace"));
        }
        return List.copyOf(rules.causes);
    }

    private void question(JsonNode spec) {
        boolean resource = spec.hasNonNull("resourceAttributes");
        boolean path = spec.hasNonNull("nonResourceAttributes");
        if (resource && path) {
            causes.add(FieldErrors.invalid(
                    PATH,
                    spec.path("nonResourceAttributes"),
                    "cannot be specified in combination with resourceAttributes"));
        } else if (!resource && !path) {
            causes.add(FieldErrors.invalid(
                    RESOURCE, null, "exactly one of nonResourceAttributes or resourceAttributes must be specified"));
        }
        if (resource) {
            selector(spec.path("resourceAttributes").path("fieldSelector"), RESOURCE.child("fieldSelector"), false);
            selector(spec.path("resourceAttributes").path("labelSelector"), RESOURCE.child("labelSelector"), true);
        }
    }

    private void selector(JsonNode selector, FieldPath where, boolean labels) {
        if (!selector.isObject()) {
            return;
        }
        String raw = Trees.text(selector, "rawSelector");
        var requirements = selector.path("requirements");
        if (!raw.isEmpty() && !requirements.isEmpty()) {
            causes.add(FieldErrors.invalid(
                    where.child("rawSelector"), raw, "may not specified at the same time as requirements"));
        }
        if (raw.isEmpty() && requirements.isEmpty()) {
            causes.add(FieldErrors.required(
                    where.child("requirements"),
                    "when " + where + " is specified, requirements or rawSelector is required"));
        }
        for (int i = 0; i < requirements.size(); i++) {
            requirement(requirements.get(i), where.child("requirements").index(i), labels);
        }
    }

    /** Operators nobody knows pass: newer clients may have some, and they are left out of the question. */
    private void requirement(JsonNode one, FieldPath where, boolean labels) {
        String key = Trees.text(one, "key");
        var values = one.path("values");
        if (!labels && key.isEmpty()) {
            causes.add(FieldErrors.required(where.child("key"), "must be specified"));
        }
        switch (Trees.text(one, "operator")) {
            case "In", "NotIn" -> {
                if (values.isEmpty()) {
                    causes.add(FieldErrors.required(
                            where.child("values"), "must be specified when `operator` is 'In' or 'NotIn'"));
                }
            }
            case "Exists", "DoesNotExist" -> {
                if (!values.isEmpty()) {
                    causes.add(FieldErrors.forbidden(
                            where.child("values"),
                            "may not be specified when `operator` is 'Exists' or 'DoesNotExist'"));
                }
            }
            default -> {}
        }
        if (labels) {
            for (String problem : QualifiedNames.keyProblems(key)) {
                causes.add(FieldErrors.invalid(where.child("key"), key, problem));
            }
            for (int i = 0; i < values.size(); i++) {
                for (String problem :
                        QualifiedNames.labelValueProblems(values.get(i).asText())) {
                    causes.add(FieldErrors.invalid(
                            where.child("values").index(i), values.get(i).asText(), problem));
                }
            }
        }
    }

    private void metadata(JsonNode metadata, AccessReviews.Of of) {
        boolean local = of == AccessReviews.Of.SUBJECT_IN_NAMESPACE;
        for (var field : metadata.properties()) {
            boolean mayBe = field.getKey().equals("managedFields")
                    || local && field.getKey().equals("namespace");
            var value = field.getValue();
            boolean empty = value.isContainerNode()
                    ? value.isEmpty()
                    : value.isNull() || value.asText().isEmpty();
            if (!mayBe && !empty) {
                causes.add(FieldErrors.invalid(
                        FieldPath.of("metadata"),
                        metadata,
                        local ? "must be empty except for namespace" : "must be empty"));
                return;
            }
        }
    }

    private void local(JsonNode spec, String namespace) {
        String asked = Trees.text(spec.path("resourceAttributes"), "namespace");
        if (spec.hasNonNull("resourceAttributes") && !asked.equals(namespace)) {
            causes.add(FieldErrors.invalid(RESOURCE.child("namespace"), asked, "must match metadata.namespace"));
        }
        if (spec.hasNonNull("nonResourceAttributes")) {
            causes.add(FieldErrors.invalid(
                    PATH, spec.path("nonResourceAttributes"), "disallowed on this kind of request"));
        }
    }
}
