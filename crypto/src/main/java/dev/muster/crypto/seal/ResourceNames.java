package dev.muster.crypto.seal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The resources of an entry: {@code secrets}, {@code tokens.example.org}, {@code *.} (the core group), {@code *.*}. */
final class ResourceNames {

    private static final Set<String> WITHOUT_API =
            Set.of("apiserveripinfo", "serviceipallocations", "servicenodeportallocations");

    /** A resource of a group; {@code *} = any. */
    record GroupResource(String group, String resource) {

        static GroupResource parse(String text) {
            int dot = text.indexOf('.');
            return dot < 0
                    ? new GroupResource("", text)
                    : new GroupResource(text.substring(dot + 1), text.substring(0, dot));
        }

        boolean covers(String otherGroup, String otherResource) {
            return (group.equals("*") || group.equals(otherGroup))
                    && (resource.equals("*") || resource.equals(otherResource));
        }

        private boolean overlaps(GroupResource other) {
            return covers(other.group, other.resource) || other.covers(group, resource);
        }
    }

    private ResourceNames() {}

    static List<GroupResource> parse(String path, List<?> values, Fields fields) {
        var found = new ArrayList<GroupResource>();
        for (int i = 0; i < values.size(); i++) {
            String own = path + "[" + i + "]";
            if (!(values.get(i) instanceof String name) || name.isEmpty()) {
                fields.problem(own, "must be the name of a resource");
                continue;
            }
            String fault = fault(name);
            if (!fault.isEmpty()) {
                fields.problem(own, "Invalid value: \"" + name + "\": " + fault);
                continue;
            }
            found.add(GroupResource.parse(name));
        }
        checkOverlap(path, found, fields);
        return found;
    }

    private static String fault(String name) {
        GroupResource parsed = GroupResource.parse(name);
        if (!name.toLowerCase(Locale.ROOT).equals(name)) {
            return "resource name should not contain capital letters";
        }
        if (name.equals("*")) {
            return "use '*.' to encrypt all the resources from core API group or *.* to encrypt all resources";
        }
        if (WITHOUT_API.contains(name)) {
            return "resources which do not have REST API/s cannot be encrypted";
        }
        if (parsed.group().equals("events.k8s.io")) {
            return "events are stored under the core group: use 'events'";
        }
        if (parsed.group().equals("extensions")) {
            return "'extensions' group has been removed and cannot be used for encryption";
        }
        if (parsed.group().equals("*") && !parsed.resource().equals("*")) {
            return "encrypting the same resource across groups is not supported";
        }
        return "";
    }

    private static void checkOverlap(String path, List<GroupResource> names, Fields fields) {
        for (int i = 0; i < names.size(); i++) {
            for (int j = i + 1; j < names.size(); j++) {
                if (names.get(i).equals(names.get(j))) {
                    fields.problem(path, "the same resource cannot be specified multiple times");
                    return;
                }
                if (names.get(i).overlaps(names.get(j))) {
                    fields.problem(
                            path,
                            "using overlapping resources such as 'secrets' and '*.' in the same resource list is not"
                                    + " allowed as they will be masked");
                    return;
                }
            }
        }
    }
}
