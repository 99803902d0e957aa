package dev.muster.apiserver.admission;

import dev.muster.api.meta.ForbiddenStatuses;
import dev.muster.api.meta.GoText;
import dev.muster.api.meta.StatusException;
import dev.muster.apiserver.certificates.SigningRequest;
import dev.muster.core.access.Authorizer;

/**
 * Who approves or denies a signing request must be allowed to approve for its signer: the one that is stored, whatever the body
 * says.
 *
 * @see <a href="https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/#certificateapproval">
 *     CertificateApproval</a>
 */
final class CertificateApproval implements Admission {

    private final SignerRights rights;

    CertificateApproval(Authorizer authorizer) {
        this.rights = new SignerRights(authorizer);
    }

    @Override
    public void admit(Attempt attempt) {
        if (attempt.operation() != Operation.UPDATE
                || !attempt.subresource().equals("approval")
                || !SigningRequest.isType(attempt.type())) {
            return;
        }
        String signer = new SigningRequest(attempt.old().orElseThrow()).signerName();
        if (!rights.allow(attempt.user(), "approve", signer)) {
            throw new StatusException(ForbiddenStatuses.forbidden(
                    attempt.type(),
                    attempt.name(),
                    "user not permitted to approve requests with signerName " + GoText.quote(signer)));
        }
    }
}
