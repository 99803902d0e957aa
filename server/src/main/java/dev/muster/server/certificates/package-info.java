/**
 * {@code muster certificates}: who holds client certificates, and which are shared.
 *
 * <p>What must stay true: the list comes from the server, which decides who may read it; nothing here opens the store.
 *
 * <p>What an attacker would try: write escape sequences into a name for an operator's terminal.
 */
package dev.muster.server.certificates;
