package dev.muster.api.strategy.pod;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.api.meta.FieldErrors;
import dev.muster.api.meta.FieldPath;
import dev.muster.api.meta.Status.Cause;
import dev.muster.api.strategy.Members;
import dev.muster.api.strategy.Names;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a container must be. */
final class ContainerRules {

    private static final List<String> PULL = List.of("Always", "IfNotPresent", "Never");
    private static final List<String> MESSAGE = List.of("File", "FallbackToLogsOnError");
    private static final List<String> PROTOCOLS = List.of("SCTP", "TCP", "UDP");
    private static final List<String> HANDLERS = List.of("exec", "httpGet", "tcpSocket", "grpc");
    private static final int PORT_MAX = 65_535;
    private static final int PORT_NAME_MAX = 15;

    private ContainerRules() {}

    static void check(FieldPath path, JsonNode container, Set<String> volumes, List<Cause> causes) {
        String name = Members.text(container, "name");
        if (name.isEmpty()) {
            causes.add(FieldErrors.required(path.child("name"), ""));
        } else {
            Names.dnsLabelProblems(name, false)
                    .forEach(problem -> causes.add(FieldErrors.invalid(path.child("name"), name, problem)));
        }
        image(path.child("image"), Members.text(container, "image"), causes);
        PodRules.oneOf(
                path.child("terminationMessagePolicy"),
                Members.text(container, "terminationMessagePolicy"),
                MESSAGE,
                causes);
        for (String probe : List.of("livenessProbe", "readinessProbe", "startupProbe")) {
            if (container.path(probe).isObject()) {
                probe(path.child(probe), container.path(probe), causes);
            }
        }
        ports(path.child("ports"), container.path("ports"), causes);
        EnvRules.check(path.child("env"), container.path("env"), causes);
        mounts(path.child("volumeMounts"), container.path("volumeMounts"), volumes, causes);
        PodRules.oneOf(path.child("imagePullPolicy"), Members.text(container, "imagePullPolicy"), PULL, causes);
        ResourceRules.check(path.child("resources"), container.path("resources"), causes);
    }

    static void image(FieldPath path, String image, List<Cause> causes) {
        if (image.isEmpty()) {
            causes.add(FieldErrors.required(path, ""));
        } else if (!image.equals(image.strip())) {
            causes.add(FieldErrors.invalid(path, image, "must not have leading or trailing whitespace"));
        }
    }

    private static void probe(FieldPath path, JsonNode probe, List<Cause> causes) {
        long handlers = HANDLERS.stream().filter(probe::hasNonNull).count();
        if (handlers == 0) {
            causes.add(FieldErrors.required(path, "must specify a handler type"));
        } else if (handlers > 1) {
            causes.add(FieldErrors.forbidden(path, "may not specify more than 1 handler type"));
        }
        for (String field : List.of(
                "initialDelaySeconds", "timeoutSeconds", "periodSeconds", "successThreshold", "failureThreshold")) {
            long value = probe.path(field).asLong(0);
            if (value < 0) {
                causes.add(FieldErrors.invalid(path.child(field), value, "must be greater than or equal to 0"));
            }
        }
        if (!path.text().endsWith("readinessProbe")
                && probe.path("successThreshold").asLong(1) != 1) {
            causes.add(FieldErrors.invalid(
                    path.child("successThreshold"),
                    probe.path("successThreshold").asLong(),
                    "must be 1"));
        }
    }

    private static void ports(FieldPath path, JsonNode ports, List<Cause> causes) {
        var names = new HashSet<String>();
        for (int i = 0; i < ports.size(); i++) {
            JsonNode port = ports.path(i);
            FieldPath at = path.index(i);
            String name = Members.text(port, "name");
            if (!name.isEmpty()) {
                portName(at.child("name"), name, causes);
                if (!names.add(name)) {
                    causes.add(FieldErrors.duplicate(at.child("name"), name));
                }
            }
            if (port.path("containerPort").asLong(0) == 0) {
                causes.add(FieldErrors.required(at.child("containerPort"), ""));
            }
            for (String field : List.of("containerPort", "hostPort")) {
                long number = port.path(field).asLong(0);
                if (number < 0 || number > PORT_MAX) {
                    causes.add(FieldErrors.invalid(at.child(field), number, "must be between 1 and 65535, inclusive"));
                }
            }
            PodRules.oneOf(at.child("protocol"), Members.text(port, "protocol"), PROTOCOLS, causes);
        }
    }

    private static void portName(FieldPath path, String name, List<Cause> causes) {
        if (name.length() > PORT_NAME_MAX) {
            causes.add(FieldErrors.invalid(path, name, "must be no more than 15 characters"));
        }
        if (!name.chars().allMatch(c -> c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-')) {
            causes.add(FieldErrors.invalid(
                    path, name, "must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)"));
        }
        if (name.chars().noneMatch(c -> c >= 'a' && c <= 'z')) {
            causes.add(FieldErrors.invalid(path, name, "must contain at least one letter (a-z)"));
        }
        if (name.contains("--")) {
            causes.add(FieldErrors.invalid(path, name, "must not contain consecutive hyphens"));
        }
        if (name.startsWith("-") || name.endsWith("-")) {
            causes.add(FieldErrors.invalid(path, name, "must not begin or end with a hyphen"));
        }
    }

    private static void mounts(FieldPath path, JsonNode mounts, Set<String> volumes, List<Cause> causes) {
        var paths = new HashSet<String>();
        for (int i = 0; i < mounts.size(); i++) {
            String name = Members.text(mounts.path(i), "name");
            if (name.isEmpty()) {
                causes.add(FieldErrors.required(path.index(i).child("name"), ""));
            } else if (!volumes.contains(name)) {
                causes.add(FieldErrors.notFound(path.index(i).child("name"), name));
            }
            String mountPath = Members.text(mounts.path(i), "mountPath");
            if (mountPath.isEmpty()) {
                causes.add(FieldErrors.required(path.index(i).child("mountPath"), ""));
            } else if (!paths.add(mountPath)) {
                causes.add(FieldErrors.invalid(path.index(i).child("mountPath"), mountPath, "must be unique"));
            }
            VolumeRules.descending(path.index(i).child("subPath"), Members.text(mounts.path(i), "subPath"), causes);
        }
    }
}
