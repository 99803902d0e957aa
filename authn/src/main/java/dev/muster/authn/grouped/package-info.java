/**
 * The group of all who are authenticated.
 *
 * <p>What must stay true: it is added once, last, and never to anonymous.
 *
 * <p>What an attacker would try: name themselves anonymous to be judged by other rules (they lose, not gain, by it).
 */
package dev.muster.authn.grouped;
