/**
 * Signs approved certificate signing requests for Kubernetes' four signers.
 *
 * <p>What must stay true: only what is approved, neither denied nor failed, of a key that was not taken back, and fits its signer's
 * profile is signed, once; a
 * request that does not fit fails for good and says why; nothing of what the request asks for beside subject, key and alternative
 * names reaches the certificate.
 *
 * <p>What an attacker would try: be issued a certificate of an authority, a node's or a server's by the signer for clients, one
 * that outlives the signer.
 *
 * @see <a href="https://kubernetes.io/docs/reference/access-authn-authz/certificate-signing-requests/#kubernetes-signers">
 *     Kubernetes signers</a>
 */
package dev.muster.apiserver.controllers.csrsigning;
