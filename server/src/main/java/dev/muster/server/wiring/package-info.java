/**
 * The parts put together by hand: one class per part of the house, one per process.
 *
 * <p>What must stay true: every part gets what it needs by its constructor; whatever was opened is closed in the opposite order;
 * nothing serves before everything it rests on is ready.
 *
 * <p>What an attacker would try: a request in the moment between listening and being ready, when some check is not yet in place.
 */
package dev.muster.server.wiring;
