/**
 * Where audit events go: the policy file, the log and its rotation, with kube-apiserver's flags.
 *
 * <p>What must stay true: who hands over an event is never kept waiting by a disk; an event that cannot be written is counted
 * and spoken of in the log, never dropped in silence; lines are whole, after a full disk and a crash too; the files are their
 * owner's alone.
 *
 * <p>What an attacker would try: fill the queue or the disk so that what follows is not recorded, have the log written where it
 * destroys something, read it.
 */
package dev.muster.server.audit;
