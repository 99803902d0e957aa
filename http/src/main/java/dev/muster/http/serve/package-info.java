/**
 * One way to serve HTTP: exchanges, handlers, routes with declared access, the server.
 *
 * <p>What must stay true: the path that is authorised is the path that is routed, byte for byte; handlers that may wait do so
 * off the event loop; every body, header and queue is bounded; a client certificate is requested, never required, and judged
 * by authenticators, not by the handshake.
 *
 * <p>What an attacker would try: slow headers and bodies, floods of streams and resets, headers that two parsers read
 * differently, never reading what they asked for.
 */
package dev.muster.http.serve;
