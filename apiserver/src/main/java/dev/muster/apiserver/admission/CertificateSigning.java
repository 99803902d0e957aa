package dev.muster.apiserver.admission;

import dev.muster.api.meta.ForbiddenStatuses;
import dev.muster.api.meta.GoText;
import dev.muster.api.meta.StatusException;
import dev.muster.apiserver.certificates.SigningRequest;
import dev.muster.core.access.Authorizer;

/**
 * Who brings a certificate, or changes conditions beside it, must be allowed to sign for the signer that is stored.
 *
 * @see <a href="https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/#certificatesigning">
 *     CertificateSigning</a>
 */
final class CertificateSigning implements Admission {

    private final SignerRights rights;

    CertificateSigning(Authorizer authorizer) {
        this.rights = new SignerRights(authorizer);
    }

    @Override
    public void admit(Attempt attempt) {
        if (attempt.operation() != Operation.UPDATE
                || !attempt.subresource().equals("status")
                || !SigningRequest.isType(attempt.type())) {
            return;
        }
        var old = new SigningRequest(attempt.old().orElseThrow());
        var proposed = new SigningRequest(attempt.object().orElseThrow());
        if (proposed.certificate().equals(old.certificate())
                && proposed.conditions().equals(old.conditions())) {
            return;
        }
        if (!rights.allow(attempt.user(), "sign", old.signerName())) {
            throw new StatusException(ForbiddenStatuses.forbidden(
                    attempt.type(),
                    attempt.name(),
                    "user not permitted to sign requests with signerName " + GoText.quote(old.signerName())));
        }
    }
}
