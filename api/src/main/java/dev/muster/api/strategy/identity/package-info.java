/**
 * Rules for our own kinds.
 *
 * <p>What must stay true: what is let in can be acted on; a revocation never changes what it names, since what it names is what
 * nobody may do again.
 *
 * <p>What an attacker would try: turn the revocation aimed at him into one aimed at nobody, or have one accepted that matches
 * nothing.
 */
package dev.muster.api.strategy.identity;
