/**
 * Kubernetes' AuthenticationConfiguration (apiserver.config.k8s.io v1, v1beta1, v1alpha1): read strictly, checked as kube-apiserver
 * checks it and with its sentences, and made into issuers with rules.
 *
 * <p>What must stay true: a configuration is taken whole or not at all, with everything that is wrong with it said at once; what is
 * written and not understood is an error, never ignored; a rule that cannot be judged refuses; the cause that is told names the
 * field and the expression, never the credential.
 *
 * <p>What an attacker would try: claims on which a rule fails instead of saying no; an address of e-mail that is not verified; a
 * file half-written, or with a field spelled so that a rule is lost; claims so large that judging them stalls others.
 *
 * @see <a href="https://kubernetes.io/docs/reference/access-authn-authz/authentication/#using-authentication-configuration">Using
 *     authentication configuration</a>
 */
package dev.muster.authn.structured;
