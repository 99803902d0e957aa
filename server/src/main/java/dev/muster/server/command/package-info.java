/**
 * The commands of {@code ./muster}: what each reads, does and prints.
 *
 * <p>What must stay true: status 0 is success, 1 a refusal or failure, 2 a wrong call; a message says what to do; secrets go to
 * files, never to the terminal.
 *
 * <p>What an attacker would try: an argument that ends up in somebody's shell history or process list as a secret.
 */
package dev.muster.server.command;
