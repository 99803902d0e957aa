package dev.muster.apiserver.pipeline;

import dev.muster.api.meta.Status;
import dev.muster.apiserver.request.GoText;
import dev.muster.core.access.Attributes;
import dev.muster.core.access.Attributes.PathAttributes;
import dev.muster.core.access.Attributes.ResourceAttributes;
import java.util.List;
import java.util.Optional;

/** 403 in Kubernetes' words: who cannot do what to which, and why if the authorizer says so. */
final class ForbiddenStatus {

    private ForbiddenStatus() {}

    /** @param reason the authorizer's; empty when it gave none */
    static Status of(Attributes attributes, String reason) {
        var text = new StringBuilder(160);
        var details = switch (attributes) {
            case PathAttributes path -> {
                text.append("forbidden: ");
                sentence(text, path);
                yield new Status.Details("", "", "", List.of(), 0);
            }
            case ResourceAttributes resource -> {
                subject(text, resource);
                sentence(text, resource);
                yield new Status.Details(resource.name(), resource.apiGroup(), resource.resource(), List.of(), 0);
            }
        };
        if (!reason.isEmpty()) {
            text.append(": ").append(reason);
        }
        return new Status(403, "Forbidden", text.toString(), Optional.of(details));
    }

    private static void subject(StringBuilder out, ResourceAttributes asked) {
        if (asked.resource().isEmpty() && asked.apiGroup().isEmpty()) {
            out.append("forbidden: ");
            return;
        }
        out.append(asked.resource());
        if (!asked.apiGroup().isEmpty()) {
            out.append('.').append(asked.apiGroup());
        }
        if (!asked.name().isEmpty()) {
            out.append(' ');
            GoText.appendQuoted(out, asked.name());
        }
        out.append(" is forbidden: ");
    }

    private static void sentence(StringBuilder out, PathAttributes asked) {
        var text = new StringBuilder(80).append("User ");
        GoText.appendQuoted(text, asked.user().name())
                .append(" cannot ")
                .append(asked.verb())
                .append(" path ");
        escape(out, GoText.appendQuoted(text, asked.path()));
    }

    private static void sentence(StringBuilder out, ResourceAttributes asked) {
        var text = new StringBuilder(120).append("User ");
        GoText.appendQuoted(text, asked.user().name())
                .append(" cannot ")
                .append(asked.verb())
                .append(" resource ");
        String resource =
                asked.subresource().isEmpty() ? asked.resource() : asked.resource() + "/" + asked.subresource();
        GoText.appendQuoted(text, resource).append(" in API group ");
        GoText.appendQuoted(text, asked.apiGroup());
        if (asked.namespace().isEmpty()) {
            text.append(" at the cluster scope");
        } else {
            GoText.appendQuoted(text.append(" in the namespace "), asked.namespace());
        }
        escape(out, text);
    }

    /** Nothing in the sentence may look like HTML; quotes are left. */
    private static void escape(StringBuilder out, CharSequence text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                default -> out.append(c);
            }
        }
    }
}
