package dev.muster.api.strategy.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.meta.ApiObject;
import dev.muster.api.meta.FieldErrors;
import dev.muster.api.meta.FieldPath;
import dev.muster.api.meta.Status.Cause;
import dev.muster.api.strategy.Members;
import dev.muster.api.strategy.Strategy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Revocations: each takes back one certificate, one token, one session, or everything a person had before a moment. */
public final class RevocationStrategy implements Strategy {

    private static final FieldPath SPEC = FieldPath.of("spec");
    private static final Pattern HASH = Pattern.compile("[0-9a-fA-F]{64}");
    private static final Pattern SERIAL = Pattern.compile("-?[0-9a-fA-F]{1,64}");
    private static final List<String> TARGETS = List.of("certificate", "token", "session", "user");
    private static final int MOST_TEXT = 1024;

    @Override
    public void setDefaults(ObjectNode object) {}

    @Override
    public List<Cause> validate(ApiObject revocation) {
        var causes = new ArrayList<Cause>();
        JsonNode spec = revocation.tree().path("spec");
        var named = TARGETS.stream().filter(spec::hasNonNull).toList();
        if (named.isEmpty()) {
            causes.add(FieldErrors.required(SPEC, "name one of certificate, token, session, user"));
        }
        named.stream()
                .skip(1)
                .forEach(more -> causes.add(
                        FieldErrors.forbidden(SPEC.child(more), "may not be named beside " + named.getFirst())));
        named.forEach(target -> check(target, spec.path(target), causes));
        text(SPEC.child("reason"), Members.text(spec, "reason"), causes);
        text(SPEC.child("subject"), Members.text(spec, "subject"), causes);
        return causes;
    }

    @Override
    public List<Cause> validateUpdate(ApiObject revocation, ApiObject old) {
        var causes = new ArrayList<>(validate(revocation));
        JsonNode spec = revocation.tree().path("spec");
        if (!spec.equals(old.tree().path("spec"))) {
            causes.add(FieldErrors.invalid(SPEC, spec, FieldErrors.IMMUTABLE + ": delete it and make another"));
        }
        return causes;
    }

    private static void check(String target, JsonNode tree, List<Cause> causes) {
        FieldPath path = SPEC.child(target);
        switch (target) {
            case "certificate" -> certificate(path, tree, causes);
            case "token", "session" -> needed(path.child("id"), Members.text(tree, "id"), causes);
            default -> {
                needed(path.child("name"), Members.text(tree, "name"), causes);
                text(path.child("uid"), Members.text(tree, "uid"), causes);
                if (Members.text(tree, "issuedBefore").isEmpty()) {
                    causes.add(FieldErrors.required(path.child("issuedBefore"), ""));
                }
            }
        }
    }

    private static void certificate(FieldPath path, JsonNode tree, List<Cause> causes) {
        String issuer = Members.text(tree, "issuerKeyHash");
        String serial = Members.text(tree, "serialNumber");
        String key = Members.text(tree, "publicKeyHash");
        if (issuer.isEmpty() && serial.isEmpty() && key.isEmpty()) {
            causes.add(FieldErrors.required(path, "name publicKeyHash, or issuerKeyHash and serialNumber, or all"));
        }
        if (!issuer.isEmpty() && serial.isEmpty()) {
            causes.add(FieldErrors.required(path.child("serialNumber"), "an issuer alone names no certificate"));
        }
        if (issuer.isEmpty() && !serial.isEmpty()) {
            causes.add(FieldErrors.required(path.child("issuerKeyHash"), "a serial number alone names no certificate"));
        }
        hash(path.child("issuerKeyHash"), issuer, causes);
        hash(path.child("publicKeyHash"), key, causes);
        if (!serial.isEmpty() && !SERIAL.matcher(serial).matches()) {
            causes.add(FieldErrors.invalid(
                    path.child("serialNumber"),
                    serial,
                    "must be a hexadecimal number, as openssl x509 -serial prints it"));
        }
    }

    private static void hash(FieldPath path, String hash, List<Cause> causes) {
        if (!hash.isEmpty() && !HASH.matcher(hash).matches()) {
            causes.add(FieldErrors.invalid(
                    path, hash, "must be the SHA-256 of a SubjectPublicKeyInfo: 64 hexadecimal digits"));
        }
    }

    private static void needed(FieldPath path, String text, List<Cause> causes) {
        if (text.isEmpty()) {
            causes.add(FieldErrors.required(path, ""));
        }
        text(path, text, causes);
    }

    private static void text(FieldPath path, String text, List<Cause> causes) {
        if (text.getBytes(StandardCharsets.UTF_8).length > MOST_TEXT) {
            causes.add(FieldErrors.tooLong(path, MOST_TEXT));
        }
    }
}
