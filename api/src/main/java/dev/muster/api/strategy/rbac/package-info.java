/**
 * Rules for the four kinds of RBAC.
 *
 * <p>What must stay true: messages, reasons and field paths are Kubernetes', plus at most a sentence that names the mend.
 *
 * <p>What an attacker would try: a role that is read as narrower than it is, a binding whose role is exchanged.
 */
package dev.muster.api.strategy.rbac;
