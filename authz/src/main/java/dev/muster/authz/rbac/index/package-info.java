/**
 * RBAC fast: bindings by subject and scope, roles compiled, in immutable versions that share what did not change.
 *
 * <p>What must stay true: the answer is that of {@code rbac.naive}, grounds included, whether a version was reached by
 * changes or built afresh; a decision and its grounds come from one version; a decision's cost follows the caller's own
 * bindings.
 *
 * <p>What an attacker would try: names that collide in a hash table, a binding whose leaving does not remove all it brought,
 * the moment between two changes.
 */
package dev.muster.authz.rbac.index;
