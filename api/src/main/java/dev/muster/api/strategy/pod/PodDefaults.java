package dev.muster.api.strategy.pod;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.strategy.Members;
import java.util.List;

/** What a pod's spec says when its writer says nothing. */
final class PodDefaults {

    static final List<String> CONTAINERS = List.of("containers", "initContainers", "ephemeralContainers");

    private PodDefaults() {}

    static void apply(ObjectNode spec) {
        Members.defaultText(spec, "restartPolicy", "Always");
        Members.defaultText(spec, "dnsPolicy", "ClusterFirst");
        Members.defaultText(spec, "schedulerName", "default-scheduler");
        Members.defaultNumber(spec, "terminationGracePeriodSeconds", 30);
        Members.object(spec, "securityContext");
        if (!spec.hasNonNull("enableServiceLinks")) {
            spec.put("enableServiceLinks", true);
        }
        serviceAccount(spec);
        for (String list : CONTAINERS) {
            for (JsonNode container : spec.path(list)) {
                if (container instanceof ObjectNode one) {
                    ContainerDefaults.apply(one, spec.path("hostNetwork").asBoolean(false));
                }
            }
        }
        for (JsonNode volume : spec.path("volumes")) {
            if (volume instanceof ObjectNode one) {
                VolumeDefaults.apply(one);
            }
        }
    }

    /** The field of today and its old name say the same. */
    private static void serviceAccount(ObjectNode spec) {
        String name = Members.text(spec, "serviceAccountName");
        String oldName = Members.text(spec, "serviceAccount");
        if (!name.isEmpty()) {
            spec.put("serviceAccount", name);
        } else if (!oldName.isEmpty()) {
            spec.put("serviceAccountName", oldName);
        }
    }
}
