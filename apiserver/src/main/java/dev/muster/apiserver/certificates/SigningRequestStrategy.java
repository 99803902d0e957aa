package dev.muster.apiserver.certificates;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.meta.ApiObject;
import dev.muster.api.meta.FieldErrors;
import dev.muster.api.meta.FieldPath;
import dev.muster.api.meta.Status.Cause;
import dev.muster.api.strategy.Members;
import dev.muster.api.strategy.Names;
import dev.muster.api.strategy.Strategy;
import dev.muster.core.identity.User;
import dev.muster.crypto.provider.Signatures;
import dev.muster.crypto.x509.KeyUse;
import dev.muster.crypto.x509.MalformedPem;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** Certificate signing requests: who asked is written down, and what was asked for stays as it is. */
public final class SigningRequestStrategy implements Strategy {

    private static final FieldPath SPEC = FieldPath.of("spec");
    private static final int SHORTEST_SECONDS = 600;

    /** Longer requests are not repeated in the refusal. */
    private static final int LONGEST_SHOWN = 4096;

    private final InstantSource clock;

    public SigningRequestStrategy(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public void setDefaults(ObjectNode request) {}

    @Override
    public void prepareForCreate(ObjectNode request) {
        throw new IllegalStateException("somebody makes a signing request");
    }

    @Override
    public void prepareForCreate(ObjectNode request, User user) {
        ObjectNode spec = Members.object(request, "spec");
        spec.remove(List.of("username", "uid", "groups", "extra"));
        spec.put("username", user.name());
        if (!user.uid().isEmpty()) {
            spec.put("uid", user.uid());
        }
        if (!user.groups().isEmpty()) {
            var groups = spec.putArray("groups");
            user.groups().forEach(groups::add);
        }
        if (!user.extra().isEmpty()) {
            var extra = spec.putObject("extra");
            user.extra().forEach((key, values) -> {
                var list = extra.putArray(key);
                values.forEach(list::add);
            });
        }
        request.putObject("status");
    }

    @Override
    public void prepareForUpdate(ObjectNode request, ApiObject old) {
        Members.keep(request, old.tree(), "spec");
        Members.keep(request, old.tree(), "status");
    }

    @Override
    public Optional<Strategy> subresource(String name) {
        return switch (name) {
            case "approval" -> Optional.of(new SigningRequestDecision(SigningRequestDecision.Part.APPROVAL, clock));
            case "status" -> Optional.of(new SigningRequestDecision(SigningRequestDecision.Part.STATUS, clock));
            default -> Optional.empty();
        };
    }

    @Override
    public List<Cause> validate(ApiObject object) {
        var causes = new ArrayList<Cause>();
        JsonNode spec = object.tree().path("spec");
        String request = Members.text(spec, "request");
        try {
            new SigningRequest(object).parse(Signatures.jdk());
        } catch (MalformedPem e) {
            String shown = request.length() <= LONGEST_SHOWN ? request : "<" + request.length() + " characters>";
            causes.add(FieldErrors.invalid(SPEC.child("request"), shown, e.getMessage()));
        }
        usages(spec.path("usages"), causes);
        causes.addAll(SignerNames.check(SPEC.child("signerName"), Members.text(spec, "signerName")));
        long seconds = spec.path("expirationSeconds").asLong(SHORTEST_SECONDS);
        if (seconds < SHORTEST_SECONDS) {
            causes.add(FieldErrors.invalid(
                    SPEC.child("expirationSeconds"),
                    seconds,
                    "may not specify a duration less than 600 seconds (10 minutes)"));
        }
        return causes;
    }

    private static void usages(JsonNode usages, List<Cause> causes) {
        FieldPath path = SPEC.child("usages");
        if (usages.isEmpty()) {
            causes.add(FieldErrors.required(path, ""));
        }
        for (int i = 0; i < usages.size(); i++) {
            String usage = usages.path(i).asText();
            if (KeyUse.of(usage).isEmpty()) {
                causes.add(FieldErrors.notSupported(path.index(i), usage, KeyUse.words()));
            }
        }
        var seen = new HashSet<String>();
        for (int i = 0; i < usages.size(); i++) {
            String usage = usages.path(i).asText();
            if (!seen.add(usage)) {
                causes.add(FieldErrors.duplicate(path.index(i), usage));
            }
        }
    }

    /** Spec and status were put back, and were judged when they were written. */
    @Override
    public List<Cause> validateUpdate(ApiObject request, ApiObject old) {
        return List.of();
    }

    @Override
    public List<String> nameProblems(String name, boolean generated) {
        return Names.pathSegmentProblems(name, generated);
    }
}
