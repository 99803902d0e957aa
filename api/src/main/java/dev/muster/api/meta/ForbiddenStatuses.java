package dev.muster.api.meta;

import dev.muster.api.kinds.ResourceType;
import dev.muster.core.access.Attributes;

/**
 * Refusals by policy (403), sentence by sentence as Kubernetes says them: tools read them. What the caller wrote is escaped
 * so that no answer looks like HTML.
 */
public final class ForbiddenStatuses {

    private ForbiddenStatuses() {}

    /**
     * The authorizer did not allow it.
     *
     * @param reason the authorizer's; appended as it is, may be empty
     */
    public static Status forbidden(Attributes asked, String reason) {
        String sentence = escape(sentence(asked));
        String why = reason.isEmpty() ? sentence : sentence + ": " + reason;
        return switch (asked) {
            case Attributes.ResourceAttributes r -> forbidden(r.apiGroup(), r.resource(), r.name(), why);
            case Attributes.PathAttributes _ -> forbidden("", "", "", why);
        };
    }

    /** Something else did not allow it: admission, an escalation check. */
    public static Status forbidden(ResourceType type, String name, String why) {
        return forbidden(type.gvk().group(), type.plural(), name, why);
    }

    /** With the resource named; all empty for a path that is none. */
    public static Status forbidden(String group, String resource, String name, String why) {
        String message;
        if (group.isEmpty() && resource.isEmpty()) {
            message = "forbidden: " + why;
        } else if (name.isEmpty()) {
            message = Statuses.qualified(group, resource) + " is forbidden: " + why;
        } else {
            message = Statuses.named(group, resource, name) + " is forbidden: " + why;
        }
        return Statuses.of(403, "Forbidden", message, group, resource, name);
    }

    private static String sentence(Attributes asked) {
        String who = "User " + GoText.quote(asked.user().name()) + " cannot " + asked.verb();
        return switch (asked) {
            case Attributes.PathAttributes p -> who + " path " + GoText.quote(p.path());
            case Attributes.ResourceAttributes r -> {
                String resource = r.subresource().isEmpty() ? r.resource() : r.resource() + "/" + r.subresource();
                yield who + " resource " + GoText.quote(resource) + " in API group " + GoText.quote(r.apiGroup())
                        + (r.namespace().isEmpty()
                                ? " at the cluster scope"
                                : " in the namespace " + GoText.quote(r.namespace()));
            }
        };
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
