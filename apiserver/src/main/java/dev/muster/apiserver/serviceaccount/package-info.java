/**
 * Tokens of service accounts as the API gives them: {@code serviceaccounts/token}, and the two documents by which others verify
 * them.
 *
 * <p>What must stay true: a token is made for the account of the URL alone, as it is now; what it is bound to exists and has the
 * uid that was named; a token for a pod goes only to the pod's own account; nothing but public keys is published.
 *
 * <p>What an attacker would try: a token for an account by way of a pod that runs as another; a life longer than allowed; a
 * request for an object that was deleted and made anew.
 *
 * @see <a href="https://kubernetes.io/docs/reference/kubernetes-api/authentication-resources/token-request-v1/">TokenRequest</a>
 */
package dev.muster.apiserver.serviceaccount;
