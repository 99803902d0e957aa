/**
 * {@code muster check --names}: which user names two authenticators of the running server give.
 *
 * <p>What must stay true: names are other people's texts, and reach the terminal without what a terminal would obey.
 *
 * <p>What an attacker would try: choose a name that rewrites the operator's screen.
 */
package dev.muster.server.names;
