package dev.muster.api.strategy.pod;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.api.meta.FieldErrors;
import dev.muster.api.meta.FieldPath;
import dev.muster.api.meta.Status.Cause;
import dev.muster.api.strategy.Members;
import dev.muster.api.strategy.Names;
import dev.muster.api.strategy.QualifiedNames;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a pod's spec must be: the essentials of it. */
final class PodRules {

    static final FieldPath SPEC = FieldPath.of("spec");
    private static final List<String> RESTART = List.of("Always", "OnFailure", "Never");
    private static final List<String> DNS = List.of("ClusterFirstWithHostNet", "ClusterFirst", "Default", "None");

    private PodRules() {}

    static List<Cause> check(JsonNode spec) {
        var causes = new ArrayList<Cause>();
        Set<String> volumes = VolumeRules.check(SPEC.child("volumes"), spec.path("volumes"), causes);
        containers(spec, volumes, causes);
        oneOf(SPEC.child("restartPolicy"), Members.text(spec, "restartPolicy"), RESTART, causes);
        oneOf(SPEC.child("dnsPolicy"), Members.text(spec, "dnsPolicy"), DNS, causes);
        if (Members.text(spec, "dnsPolicy").equals("None")
                && spec.path("dnsConfig").path("nameservers").isEmpty()) {
            causes.add(FieldErrors.required(
                    SPEC.child("dnsConfig", "nameservers"),
                    "must provide at least one DNS nameserver when `dnsPolicy` is None"));
        }
        spec.path("nodeSelector")
                .properties()
                .forEach(label -> nodeSelector(label.getKey(), label.getValue().asText(), causes));
        for (String field : List.of("serviceAccountName", "nodeName")) {
            subdomain(field, Members.text(spec, field), causes);
        }
        for (String field : List.of("hostname", "subdomain")) {
            label(field, Members.text(spec, field), causes);
        }
        if (spec.hasNonNull("activeDeadlineSeconds")) {
            long deadline = spec.path("activeDeadlineSeconds").asLong();
            if (deadline < 1 || deadline > Integer.MAX_VALUE) {
                causes.add(FieldErrors.invalid(
                        SPEC.child("activeDeadlineSeconds"), deadline, "must be between 1 and 2147483647, inclusive"));
            }
        }
        TolerationRules.check(SPEC.child("tolerations"), spec.path("tolerations"), causes);
        return causes;
    }

    private static void containers(JsonNode spec, Set<String> volumes, List<Cause> causes) {
        if (spec.path("containers").isEmpty()) {
            causes.add(FieldErrors.required(SPEC.child("containers"), ""));
        }
        if (!spec.path("ephemeralContainers").isEmpty()) {
            causes.add(FieldErrors.forbidden(SPEC.child("ephemeralContainers"), "cannot be set on create"));
        }
        var names = new HashSet<String>();
        for (String list : PodDefaults.CONTAINERS) {
            JsonNode containers = spec.path(list);
            for (int i = 0; i < containers.size(); i++) {
                FieldPath path = SPEC.child(list).index(i);
                ContainerRules.check(path, containers.path(i), volumes, causes);
                String name = Members.text(containers.path(i), "name");
                if (!name.isEmpty() && !names.add(name)) {
                    causes.add(FieldErrors.duplicate(path.child("name"), name));
                }
            }
        }
    }

    /** Required, and one of these. */
    static void oneOf(FieldPath path, String value, List<String> supported, List<Cause> causes) {
        if (value.isEmpty()) {
            causes.add(FieldErrors.required(path, ""));
        } else if (!supported.contains(value)) {
            causes.add(FieldErrors.notSupported(path, value, supported));
        }
    }

    private static void nodeSelector(String key, String value, List<Cause> causes) {
        FieldPath path = SPEC.child("nodeSelector");
        QualifiedNames.keyProblems(key).forEach(problem -> causes.add(FieldErrors.invalid(path, key, problem)));
        QualifiedNames.labelValueProblems(value)
                .forEach(problem -> causes.add(FieldErrors.invalid(path, value, problem)));
    }

    private static void subdomain(String field, String name, List<Cause> causes) {
        if (!name.isEmpty()) {
            Names.dnsSubdomainProblems(name, false)
                    .forEach(problem -> causes.add(FieldErrors.invalid(SPEC.child(field), name, problem)));
        }
    }

    private static void label(String field, String name, List<Cause> causes) {
        if (!name.isEmpty()) {
            Names.dnsLabelProblems(name, false)
                    .forEach(problem -> causes.add(FieldErrors.invalid(SPEC.child(field), name, problem)));
        }
    }
}
