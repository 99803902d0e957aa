package dev.muster.apiserver.admission;

import dev.muster.api.meta.ForbiddenStatuses;
import dev.muster.api.meta.StatusException;
import dev.muster.apiserver.certificates.SignerNames;
import dev.muster.apiserver.certificates.SigningRequest;
import dev.muster.core.identity.User;
import dev.muster.crypto.provider.Signatures;
import dev.muster.crypto.x509.MalformedPem;

/**
 * Nobody becomes {@code system:masters}, which no policy can restrain, by a certificate that somebody approved.
 *
 * @see <a href="https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/#certificatesubjectrestriction">
 *     CertificateSubjectRestriction</a>
 */
final class CertificateSubjectRestriction implements Admission {

    @Override
    public void admit(Attempt attempt) {
        if (attempt.operation() != Operation.CREATE
                || !attempt.subresource().isEmpty()
                || !SigningRequest.isType(attempt.type())) {
            return;
        }
        var request = new SigningRequest(attempt.object().orElseThrow());
        if (request.signerName().equals(SignerNames.API_CLIENT) && namesMasters(request)) {
            throw new StatusException(ForbiddenStatuses.forbidden(
                    attempt.type(),
                    attempt.name(),
                    "use of " + SignerNames.API_CLIENT + " signer with " + User.MASTERS + " group is not allowed"
                            + " (admission plugin " + AdmissionPlugins.CERTIFICATE_SUBJECT_RESTRICTION + ")"));
        }
    }

    private static boolean namesMasters(SigningRequest request) {
        try {
            return request.parse(Signatures.jdk()).organizations().contains(User.MASTERS);
        } catch (MalformedPem e) {
            // Validation refuses it, by the same reading.
            return false;
        }
    }
}
