/**
 * {@code muster why}: the story behind a refusal, for operators.
 *
 * <p>What must stay true: the story comes from the server, which decides who may read it; nothing here opens the store.
 *
 * <p>What an attacker would try: write escape sequences into a path or user name for an operator's terminal.
 */
package dev.muster.server.why;
