package dev.muster.apiserver.admission;

import dev.muster.apiserver.certificates.SigningRequest;
import dev.muster.core.access.Attributes.ResourceAttributes;
import dev.muster.core.access.Authorizer;
import dev.muster.core.access.Decision;
import dev.muster.core.identity.User;

/** Rights on {@code signers}, a resource that exists in rules alone: by a signer's name, or all of a domain as {@code domain/*}. */
record SignerRights(Authorizer authorizer) {

    /** @param verb approve or sign */
    boolean allow(User user, String verb, String signerName) {
        int slash = signerName.indexOf('/');
        String all = (slash < 0 ? signerName : signerName.substring(0, slash)) + "/*";
        return allowed(user, verb, signerName) || allowed(user, verb, all);
    }

    private boolean allowed(User user, String verb, String name) {
        Decision decision =
                authorizer.authorize(ResourceAttributes.of(user, verb, "", SigningRequest.GROUP, "signers", "", name));
        if (decision instanceof Decision.Elsewhere elsewhere) {
            decision = elsewhere.ask().get();
        }
        return decision instanceof Decision.Allow;
    }
}
