/**
 * ClusterRoles put together from others by labels.
 *
 * <p>What must stay true: nothing is written that is the same already; roles that gather each other come to rest; a failing
 * write is tried again ever more slowly and holds up no other role.
 *
 * <p>What an attacker would try: labelling a role of their own so that {@code admin} gathers it. Who may create ClusterRoles
 * with a label may, which is why creating one is checked for escalation.
 */
package dev.muster.authz.aggregation;
