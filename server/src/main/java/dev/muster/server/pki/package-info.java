/**
 * The process's own small certificate authority: the serving certificate, the administrator's and the first people's.
 *
 * <p>What must stay true: keys are 0600 and made here; what is about to expire is renewed at start; nothing issued here carries
 * {@code system:masters} but by the explicit command for it.
 *
 * <p>What an attacker would try: read the authority's key, or have the server issue for a name of his choice.
 */
package dev.muster.server.pki;
