package dev.muster.apiserver.controllers.csrsigning;

import dev.muster.api.kinds.ResourceType;
import dev.muster.api.meta.ApiObject;
import dev.muster.api.meta.StatusException;
import dev.muster.api.strategy.Members;
import dev.muster.apiserver.certificates.Conditions;
import dev.muster.apiserver.certificates.KeyCheck;
import dev.muster.apiserver.certificates.SignerProfile;
import dev.muster.apiserver.certificates.SigningRequest;
import dev.muster.apiserver.controllers.loop.Reconciler;
import dev.muster.apiserver.stored.ObjectAccess;
import dev.muster.core.certificate.RevokedKeys;
import dev.muster.crypto.x509.CertificateRequest;
import dev.muster.crypto.x509.KeyUse;
import dev.muster.crypto.x509.MalformedPem;
import dev.muster.crypto.x509.Pem;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** Brings approved requests their certificates. */
public final class Signing implements Reconciler {

    private static final String REASON = "SignerValidationFailure";

    private final ObjectAccess access;
    private final ResourceType type;
    private final Signer signer;
    private final RevokedKeys revoked;

    public Signing(ObjectAccess access, ResourceType type, Signer signer, RevokedKeys revoked) {
        this.access = access;
        this.type = type;
        this.signer = signer;
        this.revoked = revoked;
    }

    @Override
    public Optional<Duration> reconcile(String name) {
        access.get(type, "", name)
                .map(SigningRequest::new)
                .filter(Signing::isDue)
                .ifPresent(request -> {
                    SignerProfile.of(request.signerName()).ifPresent(profile -> sign(request, profile));
                });
        return Optional.empty();
    }

    private static boolean isDue(SigningRequest request) {
        return request.has(SigningRequest.APPROVED)
                && !request.has(SigningRequest.DENIED)
                && !request.has(SigningRequest.FAILED)
                && !request.isIssued()
                && !request.object().isBeingDeleted();
    }

    private void sign(SigningRequest request, SignerProfile profile) {
        CertificateRequest asked;
        try {
            asked = request.parseStored();
        } catch (MalformedPem e) {
            fail(request, REASON, "unable to parse csr: " + e.getMessage());
            return;
        }
        var problem = profile.problem(asked, request.usages());
        if (problem.isPresent()) {
            fail(request, REASON, problem.get());
            return;
        }
        var takenBack = KeyCheck.problem(asked, revoked);
        if (takenBack.isPresent()) {
            fail(request, KeyCheck.REASON, takenBack.get());
            return;
        }
        var uses = new LinkedHashSet<KeyUse>();
        request.usages().forEach(word -> KeyUse.of(word).ifPresent(uses::add));
        var certificate = signer.sign(asked, uses, request.lifetime());
        var tree = request.object().copyTree();
        byte[] pem = Pem.write(List.of(certificate)).getBytes(StandardCharsets.UTF_8);
        Members.object(tree, "status").put("certificate", Base64.getEncoder().encodeToString(pem));
        write(ApiObject.of(tree));
    }

    private void fail(SigningRequest request, String reason, String why) {
        var tree = request.object().copyTree();
        Conditions.add(tree, SigningRequest.FAILED, reason, why);
        write(ApiObject.of(tree));
    }

    private void write(ApiObject request) {
        try {
            access.update(type, "status", request);
        } catch (StatusException e) {
            // 404: taken back; 409: changed meanwhile, and the change has us look again.
            if (e.status().code() != 404 && e.status().code() != 409) {
                throw e;
            }
        }
    }
}
