/**
 * Forgets revocations of what has expired.
 *
 * <p>What must stay true: a revocation goes only when the moment it names itself has passed by this server's clock; one that
 * names none stays until somebody deletes it.
 *
 * <p>What an attacker would try: put the server's clock forward, so that what was taken back comes back; what has expired is
 * refused then all the same.
 */
package dev.muster.apiserver.controllers.revocations;
