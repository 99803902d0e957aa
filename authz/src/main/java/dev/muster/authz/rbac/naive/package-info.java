/**
 * RBAC evaluated straight from its description: the oracle of the index.
 *
 * <p>What must stay true: no line of matching is shared with {@code rbac.index}, so that a fault in one shows against the
 * other; the order is that of Kubernetes, cluster-wide bindings first, each scope by name.
 *
 * <p>What an attacker would try: nothing here, it serves no requests.
 */
package dev.muster.authz.rbac.naive;
