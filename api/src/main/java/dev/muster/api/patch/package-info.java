/**
 * JSON patch, merge patch, strategic merge patch.
 *
 * <p>What must stay true: a patch never changes its target in place; its work is bounded by its own size and the target's.
 *
 * <p>What an attacker would try: a small patch that doubles an object with every operation.
 */
package dev.muster.api.patch;
