/**
 * Keeps AccessToken objects in order: when each was used last, and deletion of those that have ended.
 *
 * <p>What must stay true: about one write a minute and token at most; what cannot be written down hinders nobody's request.
 *
 * <p>What an attacker would try: make work by using a token over and over; hide a use by ending the server before it is written,
 * which hides one minute.
 */
package dev.muster.apiserver.controllers.accesstokens;
