/**
 * Bearer tokens from a WebSocket's subprotocols.
 *
 * <p>What must stay true: only upgrade requests are looked at; one token at most; the token's entry never reaches whoever
 * chooses a subprotocol, so it is never sent back.
 *
 * <p>What an attacker would try: two tokens, an encoding that two readers decode differently, a page of another origin opening
 * the socket (it needs the token, cookies do not count).
 */
package dev.muster.authn.websocket;
