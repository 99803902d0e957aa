/**
 * The words of Kubernetes' role-based access control: rules, roles, bindings, subjects, and why something is allowed.
 *
 * <p>What must stay true: rules only ever add; a stored object that cannot be read grants nothing; a binding whose role is
 * missing grants nothing and says so.
 *
 * <p>What an attacker would try: an object that one reader takes for less than another does, a name that reads as a
 * wildcard.
 */
package dev.muster.authz.rbac;
