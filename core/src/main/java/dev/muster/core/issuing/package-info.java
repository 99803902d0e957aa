/**
 * Issuing credentials, as those see it who order them: what a token is for and how long it lives, not how it is made.
 *
 * <p>What must stay true: whoever orders has authorized the caller; a token names the account's uid, so that it dies with the
 * account and not with its name.
 *
 * <p>What an attacker would try: have a token made for an account, an object or a time that they were not allowed.
 */
package dev.muster.core.issuing;
