/**
 * {@code muster check}: what a server would make of a configuration, and of a token by it, before anybody depends on it.
 *
 * <p>What must stay true: what is rehearsed is judged by the code that serves; what could not be checked is said to be unchecked;
 * the token is printed nowhere.
 *
 * <p>What an attacker would try: claims that forge lines of the report; a token whose issuer is a host of their choice, which is
 * never asked unless the configuration names it.
 */
package dev.muster.server.rehearsal;
