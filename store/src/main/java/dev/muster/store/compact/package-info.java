/**
 * Decides when a store may forget: any store, from outside.
 *
 * <p>What must stay true: history of the last minutes stays, so that watches can be taken up again; nothing present is ever
 * touched.
 *
 * <p>What an attacker would try: write often, so that history fills the disk within the time kept (the number of revisions
 * kept is bounded too).
 */
package dev.muster.store.compact;
