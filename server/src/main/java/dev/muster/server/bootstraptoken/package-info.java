/**
 * {@code muster bootstrap-token}: tokens for nodes that join, made, listed and taken back through the API.
 *
 * <p>What must stay true: a token goes to a 0600 file, and to the terminal only when asked; nothing else of it than the id is
 * shown; it is made by a secure generator; what the server would refuse later is refused here at once.
 *
 * <p>What an attacker would try: read the token from a process list, a log or a folder of others; write escape sequences to the
 * operator's terminal by a description.
 */
package dev.muster.server.bootstraptoken;
