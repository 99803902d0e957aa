/**
 * The loop that controllers run in: keys that are to be looked at, each once however often it is named, again later if that
 * fails.
 *
 * <p>What must stay true: a key that was added is looked at after it was added; failures back off; closing ends the thread.
 *
 * <p>What an attacker would try: fill the queue; it is bounded by the number of objects, since a key waits only once.
 */
package dev.muster.apiserver.controllers.loop;
