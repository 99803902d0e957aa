/**
 * The authorizers that need no policy: the superuser before all others, and the modes that allow or forbid everything.
 *
 * <p>What must stay true: only exact membership in {@code system:masters} is the superuser's; nothing here is the default.
 *
 * <p>What an attacker would try: a group whose name only looks like {@code system:masters}; a credential source that lets
 * strangers choose their groups.
 */
package dev.muster.authz.mode;
