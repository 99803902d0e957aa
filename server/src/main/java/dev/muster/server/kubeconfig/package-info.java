/**
 * Kubeconfig files: writing ours, reading anybody's.
 *
 * <p>What must stay true: a file is self-contained (data, not paths), 0600, and names the context after the person.
 *
 * <p>What an attacker would try: a kubeconfig that runs a command when it is merely looked at; reading never executes anything.
 */
package dev.muster.server.kubeconfig;
