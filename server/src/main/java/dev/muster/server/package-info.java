/**
 * The only room that knows all: configuration, wiring by hand, the commands.
 *
 * <p>What must stay true: every part is made here and given what it needs by its constructor; nothing is looked up.
 *
 * <p>What an attacker would try: a default in the wiring that leaves a part out.
 */
package dev.muster.server;
