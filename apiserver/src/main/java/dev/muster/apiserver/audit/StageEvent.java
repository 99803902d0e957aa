package dev.muster.apiserver.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.muster.api.codec.Times;
import dev.muster.core.audit.AuditEvent;
import dev.muster.core.audit.Level;
import dev.muster.core.audit.Ruling;
import dev.muster.core.audit.Stage;
import dev.muster.core.identity.User;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** One stage of one request, in the form and order of {@code audit.k8s.io/v1} Event. */
record StageEvent(
        Facts facts,
        Ruling ruling,
        Stage stage,
        Instant at,
        ActingAs as,
        Sent sent,
        Answered answered,
        Notes annotations,
        Bodies bodies)
        implements AuditEvent {

    private static final String TRUNCATED = "audit.k8s.io/truncated";

    /** The object that could not be read and so not be cleaned. */
    private static final String LEFT_OUT = "identity.muster.dev/left-out";

    @Override
    public long weight() {
        return facts.weight() + sent.weight() + answered.weight();
    }

    @Override
    public boolean hasObjects() {
        return ruling.level().isAtLeast(Level.REQUEST);
    }

    @Override
    public byte[] json(boolean whole) {
        var notes = annotations.all();
        var request = sentObject();
        var answer = answeredObject();
        var out = new JsonText().open();
        out.text("kind", "Event").text("apiVersion", "audit.k8s.io/v1");
        out.text("level", ruling.level().word()).text("auditID", facts.auditId());
        out.text("stage", stage.word()).text("requestURI", facts.uri());
        out.text("verb", facts.info().verb());
        user(out.open("user"), facts.user()).close();
        if (as.target() != null) {
            user(out.open("impersonatedUser"), as.target()).close();
            if (!as.constraint().isEmpty()) {
                out.open("authenticationMetadata")
                        .text("impersonationConstraint", as.constraint())
                        .close();
            }
        }
        out.unlessEmpty("sourceIPs", facts.sources()).unlessEmpty("userAgent", facts.userAgent());
        if (facts.info().resourceRequest()) {
            reference(out, request);
        }
        status(out, answer);
        if (whole && facts.info().resourceRequest()) {
            objects(out, request, answer, notes);
        } else if (!whole) {
            notes.put(TRUNCATED, "true");
        }
        out.text("requestReceivedTimestamp", Times.micros(facts.received()));
        out.text("stageTimestamp", Times.micros(at));
        out.texts("annotations", notes).close();
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private Optional<JsonNode> sentObject() {
        return sent.body() == null
                ? Optional.empty()
                : bodies.request(facts, sent.contentType(), sent.body(), ruling.omitManagedFields());
    }

    private Optional<JsonNode> answeredObject() {
        return answered instanceof Answered.With with && with.body() != null
                ? bodies.response(facts, with.body(), ruling.omitManagedFields())
                : Optional.empty();
    }

    private static JsonText user(JsonText out, User user) {
        if (user == null) {
            return out;
        }
        return out.unlessEmpty("username", user.name())
                .unlessEmpty("uid", user.uid())
                .unlessEmpty("groups", user.groups())
                .lists("extra", user.extra());
    }

    /** What the URL leaves open, the object that was sent may say. */
    private void reference(JsonText out, Optional<JsonNode> request) {
        var info = facts.info();
        boolean object = !info.verb().equals("patch") && !info.verb().startsWith("delete");
        JsonNode metadata = object ? request.orElse(NullNode.instance).path("metadata") : NullNode.instance;
        out.open("objectRef").unlessEmpty("resource", info.resource());
        out.unlessEmpty("namespace", or(info.namespace(), metadata, "namespace"));
        out.unlessEmpty("name", Masks.text(or(info.name(), metadata, "name")));
        out.unlessEmpty("uid", or("", metadata, "uid"));
        out.unlessEmpty("apiGroup", info.apiGroup()).unlessEmpty("apiVersion", info.apiVersion());
        out.unlessEmpty("resourceVersion", or("", metadata, "resourceVersion"));
        out.unlessEmpty("subresource", info.subresource()).close();
    }

    private static String or(String said, JsonNode metadata, String field) {
        return said.isEmpty() ? metadata.path(field).asText("") : said;
    }

    private void status(JsonText out, Optional<JsonNode> answer) {
        switch (answered) {
            case Answered.NotYet _ -> {}
            case Answered.GoneBefore _ ->
                out.open("responseStatus")
                        .raw("metadata", "{}")
                        .text("status", "Success")
                        .text("message", "Connection closed early")
                        .number("code", 200)
                        .close();
            case Answered.Fault fault ->
                out.open("responseStatus")
                        .raw("metadata", "{}")
                        .text("status", "Failure")
                        .text("message", "APIServer panic'd: " + fault.what())
                        .text("reason", "InternalError")
                        .number("code", 500)
                        .close();
            case Answered.With with -> {
                out.open("responseStatus").raw("metadata", "{}");
                answer.filter(StageEvent::isStatus).ifPresent(status -> {
                    out.unlessEmpty("status", status.path("status").asText(""));
                    out.unlessEmpty("message", status.path("message").asText(""));
                    out.unlessEmpty("reason", status.path("reason").asText(""));
                    if (status.path("details").isObject()) {
                        out.raw("details", Bodies.text(status.path("details")));
                    }
                });
                out.number("code", with.code()).close();
            }
        }
    }

    private static boolean isStatus(JsonNode answer) {
        return answer.path("kind").asText("").equals("Status")
                && answer.path("apiVersion").asText("").equals("v1");
    }

    private void objects(
            JsonText out, Optional<JsonNode> request, Optional<JsonNode> answer, Map<String, String> notes) {
        if (ruling.level().isAtLeast(Level.REQUEST)) {
            request.ifPresent(tree -> out.raw("requestObject", Bodies.text(tree)));
        }
        if (ruling.level().isAtLeast(Level.REQUEST_RESPONSE) && answered instanceof Answered.With with) {
            answer.ifPresent(tree -> out.raw("responseObject", Bodies.text(tree)));
            if (answer.isEmpty() && with.body() != null && with.code() < 400) {
                notes.put(LEFT_OUT, "responseObject");
            }
        }
    }

    @Override
    public byte[] legacy() {
        return Legacy.line(this).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String summary() {
        return Legacy.summary(this);
    }
}
