/**
 * Forgetting tokens in secrets that nobody uses: since when their use is noted, and what becomes of those made by themselves that
 * have not been used for long.
 *
 * <p>What must stay true: nothing is taken back before use has been noted for a whole period; a token somebody made by hand, one
 * that a pod mounts, and one whose last use cannot be read are never touched; between taking back and deleting lies another period,
 * in which removing the label gives the token back.
 *
 * <p>What an attacker would try: have tokens of others taken back by moving the date that is kept in a config map; only who may
 * write to {@code kube-system} can.
 *
 * @see <a href="https://kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin/#legacy-serviceaccount-token-cleaner">
 *     Legacy ServiceAccount token cleaner</a>
 */
package dev.muster.apiserver.controllers.legacytokens;
