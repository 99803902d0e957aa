/**
 * The ledger of client certificates: whose they are, when they were last used and from how many addresses, kept over restarts.
 *
 * <p>{@link dev.muster.authn.ledger.Ledger} is told of uses and answers; {@link dev.muster.authn.ledger.LedgerKeeper} writes what
 * has changed to the store, twice a minute and in few writes.
 *
 * <p>What must stay true: only accepted certificates and those issued here come in; a request costs a look at its connection and
 * nothing more, unless a second has passed; what is kept of one certificate, and how many are kept, is bounded; a store that
 * takes nothing hinders nobody's request.
 *
 * <p>What an attacker would try: come from very many addresses, so that the two that matter fall out of the list; have one
 * certificate count as many by re-encoding its signature; spoil what is stored so that the server does not start.
 */
package dev.muster.authn.ledger;
