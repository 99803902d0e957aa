/**
 * Judges access tokens ({@code identity.muster.dev}, AccessToken) by an index that the watch cache keeps.
 *
 * <p>What must stay true: a token is good while its object is there, not deleted and not expired; what is kept of it is a hash; its
 * bearer has the groups that were written down when it was made, none of the system's among them.
 *
 * <p>What an attacker would try: guess a token; find one in the store or in memory; use one whose object was deleted a moment ago;
 * take one for another audience here.
 */
package dev.muster.authn.accesstoken;
