package dev.muster.apiserver.impersonate;

import dev.muster.api.meta.GoText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** How a wish that names no user is refused: Kubernetes' two sentences, each of which prints its own data structure. */
enum NamelessWords {

    /** The older filter lists what would have been checked. */
    LEGACY {
        @Override
        String of(String uid, List<String> groups, Map<String, List<String>> extra) {
            var parts = new ArrayList<String>();
            groups.forEach(group -> parts.add("{Group  " + group + "    }"));
            extra.forEach((key, values) -> values.forEach(
                    value -> parts.add("{UserExtra  " + value + "  " + GROUP_VERSION + "  " + key + "}")));
            if (!uid.isEmpty()) {
                parts.add("{UID  " + uid + "  " + GROUP_VERSION + "  }");
            }
            return "requested [" + String.join(" ", parts) + "] without impersonating a user";
        }
    },

    /** The newer one prints the user it would have made. */
    CONSTRAINED {
        @Override
        String of(String uid, List<String> groups, Map<String, List<String>> extra) {
            String extras = extra.entrySet().stream()
                    .map(e -> GoText.quote(e.getKey()) + ":[]string" + list(e.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
            return "requested &user.DefaultInfo{Name:\"\", UID:" + GoText.quote(uid) + ", Groups:[]string"
                    + (groups.isEmpty() ? "(nil)" : list(groups)) + ", Extra:map[string][]string"
                    + (extra.isEmpty() ? "(nil)" : extras) + "} without impersonating a user name";
        }
    };

    private static final String GROUP_VERSION = "authentication.k8s.io/v1";

    abstract String of(String uid, List<String> groups, Map<String, List<String>> extra);

    private static String list(List<String> values) {
        return values.stream().map(GoText::quote).collect(Collectors.joining(", ", "{", "}"));
    }
}
