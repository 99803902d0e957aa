package dev.muster.api.strategy.pod;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.api.meta.FieldErrors;
import dev.muster.api.meta.FieldPath;
import dev.muster.api.meta.Status.Cause;
import dev.muster.api.strategy.Members;
import dev.muster.api.strategy.Names;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What volumes must be. */
final class VolumeRules {

    /** The one member that the commonest kinds cannot do without. */
    private static final Map<String, String> NEEDED = Map.of(
            "secret", "secretName",
            "configMap", "name",
            "hostPath", "path",
            "persistentVolumeClaim", "claimName",
            "csi", "driver");

    private static final int MODE_MAX = 0777;

    private VolumeRules() {}

    /** The names of all volumes. */
    static Set<String> check(FieldPath path, JsonNode volumes, List<Cause> causes) {
        var names = new HashSet<String>();
        for (int i = 0; i < volumes.size(); i++) {
            JsonNode volume = volumes.path(i);
            FieldPath at = path.index(i).child("name");
            String name = Members.text(volume, "name");
            if (name.isEmpty()) {
                causes.add(FieldErrors.required(at, ""));
            } else {
                Names.dnsLabelProblems(name, false)
                        .forEach(problem -> causes.add(FieldErrors.invalid(at, name, problem)));
                if (!names.add(name)) {
                    causes.add(FieldErrors.duplicate(at, name));
                }
            }
            source(path.index(i), volume, causes);
        }
        return names;
    }

    private static void source(FieldPath path, JsonNode volume, List<Cause> causes) {
        boolean first = true;
        for (var member : volume.properties()) {
            String kind = member.getKey();
            if (kind.equals("name") || member.getValue().isNull()) {
                continue;
            }
            if (!first) {
                causes.add(FieldErrors.forbidden(path.child(kind), "may not specify more than 1 volume type"));
                continue;
            }
            first = false;
            String needed = NEEDED.get(kind);
            if (needed != null && Members.text(member.getValue(), needed).isEmpty()) {
                causes.add(FieldErrors.required(path.child(kind, needed), ""));
            }
            mode(path.child(kind, "defaultMode"), member.getValue().path("defaultMode"), causes);
            items(path.child(kind, "items"), member.getValue().path("items"), causes);
        }
        if (first) {
            causes.add(FieldErrors.required(path, "must specify a volume type"));
        }
    }

    private static void items(FieldPath path, JsonNode items, List<Cause> causes) {
        for (int i = 0; i < items.size(); i++) {
            String target = Members.text(items.path(i), "path");
            if (target.isEmpty()) {
                causes.add(FieldErrors.required(path.index(i).child("path"), ""));
            }
            descending(path.index(i).child("path"), target, causes);
            mode(path.index(i).child("mode"), items.path(i).path("mode"), causes);
        }
    }

    private static void mode(FieldPath path, JsonNode mode, List<Cause> causes) {
        long bits = mode.asLong(0);
        if (bits < 0 || bits > MODE_MAX) {
            causes.add(FieldErrors.invalid(path, bits, "must be a number between 0 and 0777 (octal), both inclusive"));
        }
    }

    /** A path that stays below where it begins. */
    static void descending(FieldPath path, String target, List<Cause> causes) {
        if (target.startsWith("/")) {
            causes.add(FieldErrors.invalid(path, target, "must be a relative path"));
        }
        if (List.of(target.split("/", -1)).contains("..")) {
            causes.add(FieldErrors.invalid(path, target, "must not contain '..'"));
        }
    }
}
