/**
 * {@code muster pod-exec}: a command that runs as a pod's service account, with the files that a node would mount.
 *
 * <p>What must stay true: the files are their owner's alone, are swapped as a whole, and go when the command ends; the token is
 * bound to the pod, so that it dies with it; the mount is seen by the command and by nobody else.
 *
 * <p>What an attacker would try: read the token from the folder; have a half-written one read; leave it behind.
 */
package dev.muster.server.podexec;
