/**
 * Command line flags as kube-apiserver reads them: {@code --flag=value}, {@code --flag value}, repeatable where it repeats them,
 * underscores as dashes.
 *
 * <p>What must stay true: an unknown flag ends the process; every problem is reported, not just the first; a value of a secret
 * flag is never repeated in a message.
 *
 * <p>What an attacker would try: nothing here is reachable by a stranger; the danger is a typing error that removes a control,
 * which is why nothing is skipped in silence.
 */
package dev.muster.server.flags;
