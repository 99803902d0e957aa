package dev.muster.apiserver.certificates;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.meta.FieldErrors;
import dev.muster.api.meta.FieldPath;
import dev.muster.api.meta.Status.Cause;
import dev.muster.api.strategy.Members;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** Conditions of signing requests: rules, and the times that the server fills in. */
public final class Conditions {

    private static final List<String> ANY = List.of("False", "True", "Unknown");
    private static final List<String> TRUE = List.of("True");

    private Conditions() {}

    /** Adds a condition that holds, without times: they are filled in when it is written. */
    public static void add(ObjectNode request, String type, String reason, String message) {
        Members.list(Members.object(request, "status"), "conditions")
                .addObject()
                .put("type", type)
                .put("status", "True")
                .put("reason", reason)
                .put("message", message);
    }

    static List<Cause> check(FieldPath path, JsonNode conditions) {
        var causes = new ArrayList<Cause>();
        var seen = new HashSet<String>();
        for (int i = 0; i < conditions.size(); i++) {
            FieldPath at = path.index(i);
            String type = Members.text(conditions.path(i), "type");
            if (type.isEmpty()) {
                causes.add(FieldErrors.required(at.child("type"), ""));
            }
            status(at.child("status"), type, Members.text(conditions.path(i), "status"), causes);
            boolean opposed = type.equals(SigningRequest.APPROVED) && seen.contains(SigningRequest.DENIED)
                    || type.equals(SigningRequest.DENIED) && seen.contains(SigningRequest.APPROVED);
            if (opposed) {
                causes.add(FieldErrors.invalid(
                        at.child("type"), type, "Approved and Denied conditions are mutually exclusive"));
            }
            if (!seen.add(type)) {
                causes.add(FieldErrors.duplicate(at.child("type"), type));
            }
        }
        return causes;
    }

    private static void status(FieldPath path, String type, String status, List<Cause> causes) {
        List<String> allowed = switch (type) {
            case SigningRequest.APPROVED, SigningRequest.DENIED, SigningRequest.FAILED -> TRUE;
            default -> ANY;
        };
        if (status.isEmpty()) {
            causes.add(FieldErrors.required(path, ""));
        } else if (!allowed.contains(status)) {
            causes.add(FieldErrors.notSupported(path, status, allowed));
        }
    }

    /** Puts back a condition as it was, where it was and still is: so that its change is no change. */
    static void preserve(ObjectNode status, SigningRequest old, String type) {
        if (!(status.get("conditions") instanceof ArrayNode conditions)) {
            return;
        }
        old.condition(type).ifPresent(before -> {
            for (int i = 0; i < conditions.size(); i++) {
                if (Members.text(conditions.path(i), "type").equals(type)) {
                    conditions.set(i, before.deepCopy());
                }
            }
        });
    }

    /** Fills in the times that were left out; a status that lasts keeps the time of its transition. */
    static void stamp(JsonNode conditions, JsonNode before, Instant instant) {
        String now = instant.truncatedTo(ChronoUnit.SECONDS).toString();
        for (JsonNode one : conditions) {
            if (one instanceof ObjectNode condition) {
                Members.defaultText(condition, "lastUpdateTime", now);
                Members.defaultText(condition, "lastTransitionTime", transition(condition, before, now));
            }
        }
    }

    private static String transition(JsonNode condition, JsonNode before, String now) {
        for (JsonNode old : before) {
            boolean same = old.path("type").equals(condition.path("type"))
                    && old.path("status").equals(condition.path("status"));
            if (same && old.hasNonNull("lastTransitionTime")) {
                return old.path("lastTransitionTime").asText();
            }
        }
        return now;
    }
}
