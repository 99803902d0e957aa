/**
 * All objects below a prefix in memory, kept current by one watch of the store, and told on to any number of listeners.
 *
 * <p>What must stay true: the cache is never empty for want of having asked (opening waits for the first list); what it
 * shows is one revision of the store; a listener hears every change after its revision once and in order, or is told that
 * it cannot; indexes are current before the revision is announced, and while one cannot be brought up to date no further
 * revision is; a store that goes back in time is not believed, since a revocation might be undone by it; what cannot be
 * decoded is left out and counted, and stops nobody else.
 *
 * <p>What an attacker would try: open watches until memory is gone (a listener costs a few hundred bytes; their number is
 * limited where they come in); write often to push others' history out (they are told, and list again); write an object
 * that cannot be decoded.
 */
package dev.muster.store.watchcache;
