/**
 * {@code muster up}: everything in one process, with people and policies to try.
 *
 * <p>What must stay true: what is made here is made once, in a fresh data directory; tokens go to 0600 files and never to the terminal;
 * it listens on loopback.
 *
 * <p>What an attacker would try: the try-out people on a server that others can reach.
 */
package dev.muster.server.up;
