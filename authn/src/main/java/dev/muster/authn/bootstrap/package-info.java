/**
 * Bootstrap tokens: what a node presents before it has a certificate.
 *
 * <p>What must stay true: a token is good while its Secret says so and not a moment longer, since nothing is remembered; whatever
 * is wrong with it, it is simply nobody's; neither the token nor the Secret's value appears anywhere.
 *
 * <p>What an attacker would try: guess the secret by the time of the answer; a line end after the token; a Secret that was
 * renamed, of another type, or with one group too many; a token that is being deleted.
 */
package dev.muster.authn.bootstrap;
