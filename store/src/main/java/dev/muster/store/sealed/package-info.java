/**
 * A store whose secret values are sealed before they reach the disk: a decorator over any store.
 *
 * <p>What must stay true: a value under a key that is to be sealed never passes through unsealed, in neither direction: not
 * in conflicts, not in events, not in what was before; one that cannot be opened is an error.
 *
 * <p>What an attacker would try: to have a sealed value handed out as it is, or a plain one accepted in its place.
 */
package dev.muster.store.sealed;
