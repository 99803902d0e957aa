/**
 * User names are unique over the whole cluster: one name that two authenticators give is one user to every policy, whoever those two
 * people are. {@link dev.muster.authn.uniquename.UserNames} remembers who gave which name, {@link
 * dev.muster.authn.uniquename.OneSource} stands around each authenticator and tells it.
 *
 * <p>What must stay true: only names of users who proved themselves are remembered, of bounded length and number; a name belongs to
 * the source that is earliest in the chain of those that gave it, so that a later one never takes it away; what is refused is refused
 * before anybody else sees that user; a request costs one look-up.
 *
 * <p>What an attacker would try: register somebody's name with an issuer that lets everybody choose; fill the memory with names of
 * one issuer so that those of others are not noticed; give names too long to keep.
 */
package dev.muster.authn.uniquename;
