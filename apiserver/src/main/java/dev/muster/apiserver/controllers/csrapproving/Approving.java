package dev.muster.apiserver.controllers.csrapproving;

import dev.muster.api.kinds.ResourceType;
import dev.muster.api.meta.ApiObject;
import dev.muster.api.meta.StatusException;
import dev.muster.apiserver.certificates.Conditions;
import dev.muster.apiserver.certificates.KeyCheck;
import dev.muster.apiserver.certificates.SignerNames;
import dev.muster.apiserver.certificates.SignerProfile;
import dev.muster.apiserver.certificates.SigningRequest;
import dev.muster.apiserver.controllers.loop.Reconciler;
import dev.muster.apiserver.stored.ObjectAccess;
import dev.muster.core.access.Attributes.ResourceAttributes;
import dev.muster.core.access.Authorizer;
import dev.muster.core.access.Decision;
import dev.muster.core.certificate.RevokedKeys;
import dev.muster.crypto.x509.CertificateRequest;
import dev.muster.crypto.x509.MalformedPem;
import java.time.Duration;
import java.util.Optional;

/** Approves kubelets' requests for client certificates. */
public final class Approving implements Reconciler {

    private static final String REASON = "AutoApproved";

    /** Rights may be granted later; nothing wakes us then. */
    private static final Duration AGAIN = Duration.ofSeconds(10);

    private final ObjectAccess access;
    private final ResourceType type;
    private final Authorizer authorizer;
    private final RevokedKeys revoked;

    public Approving(ObjectAccess access, ResourceType type, Authorizer authorizer, RevokedKeys revoked) {
        this.access = access;
        this.type = type;
        this.authorizer = authorizer;
        this.revoked = revoked;
    }

    @Override
    public Optional<Duration> reconcile(String name) {
        return access.get(type, "", name)
                .map(SigningRequest::new)
                .filter(Approving::isDue)
                .flatMap(this::approve);
    }

    private static boolean isDue(SigningRequest request) {
        return request.signerName().equals(SignerNames.KUBELET_CLIENT)
                && !request.isIssued()
                && !request.has(SigningRequest.APPROVED)
                && !request.has(SigningRequest.DENIED)
                && !request.has(SigningRequest.FAILED)
                && !request.object().isBeingDeleted();
    }

    private Optional<Duration> approve(SigningRequest request) {
        CertificateRequest asked;
        try {
            asked = request.parseStored();
        } catch (MalformedPem e) {
            return Optional.empty();
        }
        if (SignerProfile.KUBELET_CLIENT.problem(asked, request.usages()).isPresent()) {
            return Optional.empty();
        }
        var takenBack = KeyCheck.problem(asked, revoked);
        if (takenBack.isPresent()) {
            write(request, "status", SigningRequest.FAILED, KeyCheck.REASON, takenBack.get());
            return Optional.empty();
        }
        boolean self = request.requestor().name().equals(asked.commonName());
        if (self && allowed(request, "selfnodeclient")) {
            approve(request, "Auto approving self kubelet client certificate after SubjectAccessReview.");
            return Optional.empty();
        }
        if (allowed(request, "nodeclient")) {
            approve(request, "Auto approving kubelet client certificate after SubjectAccessReview.");
            return Optional.empty();
        }
        return Optional.of(AGAIN);
    }

    private boolean allowed(SigningRequest request, String subresource) {
        Decision decision = authorizer.authorize(ResourceAttributes.of(
                request.requestor(), "create", "", SigningRequest.GROUP, SigningRequest.PLURAL, subresource, ""));
        if (decision instanceof Decision.Elsewhere elsewhere) {
            decision = elsewhere.ask().get();
        }
        return decision instanceof Decision.Allow;
    }

    private void approve(SigningRequest request, String message) {
        write(request, "approval", SigningRequest.APPROVED, REASON, message);
    }

    private void write(SigningRequest request, String subresource, String condition, String reason, String message) {
        var tree = request.object().copyTree();
        Conditions.add(tree, condition, reason, message);
        try {
            access.update(type, subresource, ApiObject.of(tree));
        } catch (StatusException e) {
            // 404: taken back; 409: changed meanwhile, and the change has us look again.
            if (e.status().code() != 404 && e.status().code() != 409) {
                throw e;
            }
        }
    }
}
