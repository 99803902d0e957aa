/**
 * Certificate signing requests: what one is, what may be written into it, which signer signs what.
 *
 * <p>What must stay true: who asked is who was authenticated, never what the body says; a request never changes once it is made;
 * approval and issuing go through their own sub-resources and the rights on {@code signers}; only a request whose signature
 * proves possession of its key is stored.
 *
 * <p>What an attacker would try: forge the requestor, exchange the request after its approval, ask for {@code system:masters} or
 * a node's name, have a certificate issued for usages that nobody approved.
 *
 * @see <a href="https://kubernetes.io/docs/reference/access-authn-authz/certificate-signing-requests/">Certificates and
 *     Certificate Signing Requests</a>
 */
package dev.muster.apiserver.certificates;
