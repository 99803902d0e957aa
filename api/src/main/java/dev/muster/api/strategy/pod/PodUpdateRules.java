package dev.muster.api.strategy.pod;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.meta.FieldErrors;
import dev.muster.api.meta.FieldPath;
import dev.muster.api.meta.JsonValues;
import dev.muster.api.meta.Status.Cause;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.TreeSet;

/** What of a pod's spec may change after it was made: hardly anything. */
final class PodUpdateRules {

    private static final String MAY_CHANGE = "pod updates may not change fields other than `spec.containers[*].image`,"
            + "`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing"
            + " tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)";
    private static final FieldPath SPEC = PodRules.SPEC;
    private static final String DEADLINE = "activeDeadlineSeconds";
    private static final String GRACE = "terminationGracePeriodSeconds";
    private static final String TOLERATIONS = "tolerations";
    private static final List<String> WITH_IMAGES = List.of("containers", "initContainers");

    private PodUpdateRules() {}

    static List<Cause> check(JsonNode spec, JsonNode old) {
        var causes = new ArrayList<Cause>();
        for (String list : WITH_IMAGES) {
            if (spec.path(list).size() != old.path(list).size()) {
                causes.add(FieldErrors.forbidden(SPEC.child(list), "pod updates may not add or remove containers"));
                return causes;
            }
            for (int i = 0; i < spec.path(list).size(); i++) {
                ContainerRules.image(
                        SPEC.child(list).index(i).child("image"),
                        spec.path(list).path(i).path("image").asText(""),
                        causes);
            }
        }
        deadline(spec.path(DEADLINE), old.path(DEADLINE), causes);
        tolerations(spec.path(TOLERATIONS), old.path(TOLERATIONS), causes);
        if (!causes.isEmpty()) {
            return causes;
        }
        var changed = changed(spec, old);
        if (!changed.isEmpty()) {
            causes.add(FieldErrors.forbidden(SPEC, MAY_CHANGE + "\nchanged: " + String.join(", ", changed)));
        }
        return causes;
    }

    private static void deadline(JsonNode now, JsonNode before, List<Cause> causes) {
        FieldPath path = SPEC.child(DEADLINE);
        if (now.isNumber() && before.isNumber() && now.asLong() > before.asLong()) {
            causes.add(FieldErrors.invalid(path, now, "must be less than or equal to previous value"));
        } else if (!now.isNumber() && before.isNumber()) {
            causes.add(FieldErrors.invalid(path, null, "must not update from a positive integer to nil value"));
        }
    }

    private static void tolerations(JsonNode now, JsonNode before, List<Cause> causes) {
        var there = new HashSet<JsonNode>();
        now.forEach(toleration -> there.add(withoutSeconds(toleration)));
        for (JsonNode toleration : before) {
            if (!there.contains(withoutSeconds(toleration))) {
                causes.add(FieldErrors.forbidden(
                        SPEC.child(TOLERATIONS),
                        "existing toleration can not be modified except its tolerationSeconds"));
                return;
            }
        }
    }

    private static JsonNode withoutSeconds(JsonNode toleration) {
        return toleration instanceof ObjectNode object ? object.deepCopy().without("tolerationSeconds") : toleration;
    }

    /** The paths of what else has changed; not the values, which may be secret. */
    private static List<String> changed(JsonNode spec, JsonNode old) {
        var changed = new ArrayList<String>();
        var names = new TreeSet<String>();
        spec.properties().forEach(member -> names.add(member.getKey()));
        old.properties().forEach(member -> names.add(member.getKey()));
        names.removeAll(List.of(DEADLINE, TOLERATIONS));
        for (String name : names) {
            if (name.equals(GRACE)
                    && spec.path(GRACE).asLong() == 1
                    && old.path(GRACE).asLong(0) < 0) {
                continue;
            }
            if (WITH_IMAGES.contains(name)) {
                changedContainers(SPEC.child(name), spec.path(name), old.path(name), changed);
            } else if (!same(spec.path(name), old.path(name))) {
                changed.add(SPEC.child(name).text());
            }
        }
        return changed;
    }

    private static void changedContainers(FieldPath path, JsonNode now, JsonNode before, List<String> changed) {
        for (int i = 0; i < now.size(); i++) {
            var names = new TreeSet<String>();
            now.path(i).properties().forEach(member -> names.add(member.getKey()));
            before.path(i).properties().forEach(member -> names.add(member.getKey()));
            names.remove("image");
            for (String name : names) {
                if (!same(now.path(i).path(name), before.path(i).path(name))) {
                    changed.add(path.index(i).child(name).text());
                }
            }
        }
    }

    /** Empty and absent are the same. */
    private static boolean same(JsonNode one, JsonNode other) {
        boolean nothing = isNothing(one) && isNothing(other);
        return nothing || JsonValues.same(one, other);
    }

    private static boolean isNothing(JsonNode node) {
        return node.isMissingNode() || node.isNull() || node.isContainerNode() && node.isEmpty();
    }
}
