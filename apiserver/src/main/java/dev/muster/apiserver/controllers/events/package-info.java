/**
 * Forgets events: they live an hour after the last they told.
 *
 * <p>What must stay true: events do not fill the store for ever, whatever times they claim.
 *
 * <p>What an attacker would try: events dated far in the future.
 */
package dev.muster.apiserver.controllers.events;
