/**
 * How log lines look.
 *
 * <p>What must stay true: one event is one line; nothing a stranger sent can break a line in two.
 *
 * <p>What an attacker would try: a user agent with a line feed that forges an entry.
 */
package dev.muster.server.log;
