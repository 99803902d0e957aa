package dev.muster.apiserver.refusal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.kinds.ResourceType;
import dev.muster.api.meta.ApiObject;
import dev.muster.apiserver.pipeline.Refusal;
import dev.muster.core.access.BindingLister.Bound;
import dev.muster.core.identity.Heard;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Refusals as API objects. */
final class RefusalObjects {

    private final ResourceType type;

    RefusalObjects(ResourceType type) {
        this.type = type;
    }

    ApiObject of(Refusal refusal) {
        var seen = refusal.seen();
        var tree = JsonNodeFactory.instance.objectNode();
        tree.put("kind", type.gvk().kind()).put("apiVersion", type.gvk().apiVersion());
        tree.putObject("metadata")
                .put("name", refusal.id())
                .put("resourceVersion", Long.toString(seen.changed()))
                .put("creationTimestamp", time(seen.first()));
        tree.put("code", refusal.code()).put("why", refusal.said());
        tree.put("firstTime", time(seen.first()))
                .put("lastTime", time(seen.last()))
                .put("times", seen.times());
        seen.auditIds().forEach(tree.putArray("auditIDs")::add);
        request(tree.putObject("request"), refusal.asked());
        caller(tree.putObject("user"), refusal.caller());
        if (!refusal.heard().isEmpty()) {
            var answers = tree.putArray("authenticators");
            refusal.heard().forEach(one -> heard(answers.addObject(), one));
        }
        if (!refusal.bindings().isEmpty()) {
            var bindings = tree.putArray("bindings");
            refusal.bindings().forEach(one -> bound(bindings.addObject(), one));
        }
        if (!refusal.nearest().isEmpty()) {
            var nearest = tree.putArray("nearestRules");
            refusal.nearest()
                    .forEach(
                            near -> nearest.addObject().put("rule", near.rule()).put("lacks", near.lacks()));
        }
        refusal.impersonation().ifPresent(other -> impersonation(tree.putObject("impersonation"), other));
        return ApiObject.of(tree);
    }

    private static void impersonation(ObjectNode into, Refusal.Impersonation other) {
        caller(into.putObject("by"), other.by());
        caller(into.putObject("as"), other.as());
        put(into, "uid", other.uid());
        if (!other.extra().isEmpty()) {
            other.extra().forEach(into.putArray("extra")::add);
        }
        into.put("allowed", other.allowed());
        if (!other.checks().isEmpty()) {
            var checks = into.putArray("checks");
            other.checks()
                    .forEach(check ->
                            checks.addObject().put("what", check.what()).put("allowed", check.allowed()));
        }
    }

    private static void caller(ObjectNode into, Refusal.Caller caller) {
        put(into, "username", caller.name());
        if (!caller.groups().isEmpty()) {
            caller.groups().forEach(into.putArray("groups")::add);
        }
    }

    private static void request(ObjectNode into, Refusal.Asked asked) {
        put(into, "verb", asked.verb());
        put(into, "what", asked.what());
        put(into, "namespace", asked.namespace());
        put(into, "path", asked.path());
        put(into, "from", asked.from());
        put(into, "auditID", asked.auditId());
    }

    private static void heard(ObjectNode into, Heard heard) {
        into.put("authenticator", heard.authenticator())
                .put(
                        "answer",
                        switch (heard.answer()) {
                            case NOT_MINE -> "NotMine";
                            case REFUSED -> "Refused";
                            case UNAVAILABLE -> "Unavailable";
                        });
        put(into, "detail", heard.detail());
    }

    private static void bound(ObjectNode into, Bound bound) {
        into.put("kind", bound.kind());
        put(into, "namespace", bound.namespace());
        into.put("name", bound.name());
        put(into, "role", bound.role());
        put(into, "subject", bound.subject());
    }

    private static ObjectNode put(ObjectNode into, String field, String text) {
        return text.isEmpty() ? into : into.put(field, text);
    }

    private static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
