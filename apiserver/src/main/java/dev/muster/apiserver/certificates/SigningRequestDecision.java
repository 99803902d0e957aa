package dev.muster.apiserver.certificates;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.meta.ApiObject;
import dev.muster.api.meta.FieldErrors;
import dev.muster.api.meta.FieldPath;
import dev.muster.api.meta.GoText;
import dev.muster.api.meta.Status.Cause;
import dev.muster.api.strategy.Members;
import dev.muster.api.strategy.Names;
import dev.muster.api.strategy.Strategy;
import dev.muster.crypto.x509.MalformedPem;
import dev.muster.crypto.x509.Pem;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@code /approval} and {@code /status} of a signing request may change: the one says yes or no and nothing else, the other
 * brings the certificate or says why there is none, and says neither yes nor no.
 */
final class SigningRequestDecision implements Strategy {

    enum Part {
        APPROVAL,
        STATUS
    }

    private static final FieldPath CONDITIONS = FieldPath.of("status", "conditions");
    private static final FieldPath CERTIFICATE = FieldPath.of("status", "certificate");

    private final Part part;
    private final InstantSource clock;

    SigningRequestDecision(Part part, InstantSource clock) {
        this.part = part;
        this.clock = clock;
    }

    @Override
    public void setDefaults(ObjectNode request) {}

    @Override
    public void prepareForUpdate(ObjectNode request, ApiObject old) {
        Members.keep(request, old.tree(), "spec");
        ObjectNode status = Members.object(request, "status");
        if (part == Part.APPROVAL) {
            var conditions = status.path("conditions");
            Members.keep(request, old.tree(), "status");
            status = Members.object(request, "status");
            status.remove("conditions");
            if (!conditions.isEmpty()) {
                status.set("conditions", conditions);
            }
        } else {
            Conditions.preserve(status, new SigningRequest(old), SigningRequest.APPROVED);
            Conditions.preserve(status, new SigningRequest(old), SigningRequest.DENIED);
        }
        Conditions.stamp(status.path("conditions"), new SigningRequest(old).conditions(), clock.instant());
    }

    /** Only updates come here. */
    @Override
    public List<Cause> validate(ApiObject request) {
        return Conditions.check(CONDITIONS, new SigningRequest(request).conditions());
    }

    @Override
    public List<Cause> validateUpdate(ApiObject object, ApiObject before) {
        var causes = new ArrayList<>(validate(object));
        var request = new SigningRequest(object);
        var old = new SigningRequest(before);
        for (String type : List.of(SigningRequest.APPROVED, SigningRequest.DENIED, SigningRequest.FAILED)) {
            if (old.has(type) && !request.has(type)) {
                causes.add(forbidden("remove", type));
            }
        }
        if (part == Part.STATUS) {
            for (String type : List.of(SigningRequest.APPROVED, SigningRequest.DENIED)) {
                if (!old.has(type) && request.has(type)) {
                    causes.add(forbidden("add", type));
                }
            }
        }
        if (!request.certificate().equals(old.certificate())) {
            if (old.isIssued()) {
                causes.add(FieldErrors.forbidden(CERTIFICATE, "updates may not modify existing certificate content"));
            } else {
                certificate(request.certificatePem(), causes);
            }
        }
        return causes;
    }

    private static Cause forbidden(String what, String type) {
        return FieldErrors.forbidden(
                CONDITIONS, "updates may not " + what + " a condition of type " + GoText.quote(type));
    }

    private static void certificate(byte[] pem, List<Cause> causes) {
        try {
            var blocks = Pem.blocks(pem);
            if (blocks.isEmpty()) {
                throw new MalformedPem("must contain at least one CERTIFICATE PEM block");
            }
            for (var block : blocks) {
                if (!block.label().equals("CERTIFICATE")) {
                    throw new MalformedPem(
                            "only CERTIFICATE PEM blocks are allowed, found " + GoText.quote(block.label()));
                }
                Pem.certificate(block.der());
            }
        } catch (MalformedPem e) {
            causes.add(FieldErrors.invalid(CERTIFICATE, "<certificate data>", e.getMessage()));
        }
    }

    @Override
    public List<String> nameProblems(String name, boolean generated) {
        return Names.pathSegmentProblems(name, generated);
    }
}
