/**
 * When tokens in secrets were last used, by day: a label on the secret.
 *
 * <p>What must stay true: one write a day and secret at most; a label that cannot be written hinders nobody's request.
 *
 * <p>What an attacker would try: make work by using a token over and over; the label that is there is enough.
 */
package dev.muster.apiserver.controllers.tokenuse;
