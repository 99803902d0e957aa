/**
 * Takes namespaces away: once deletion is asked for, everything in them goes, and then the namespace itself.
 *
 * <p>What must stay true: a namespace is let go of only when nothing is left in it; nothing is made in it between the last look
 * and its end.
 *
 * <p>What an attacker would try: leave something behind (a RoleBinding) that comes back to life with the next namespace of that
 * name.
 */
package dev.muster.apiserver.controllers.namespaces;
