/**
 * The HTTP server: HTTP/1.1 and HTTP/2 over TLS, on Vert.x and Netty, behind the interfaces of
 * {@link dev.muster.http.serve}. Nothing outside this package sees Vert.x or Netty.
 *
 * <p>What must stay true: a request that two parsers could read differently is refused; every wait on a stranger ends (handshake,
 * head, body, reading of the answer, idleness), except the wait of a watch for its next event; every table and buffer a stranger
 * can fill is bounded; the TLS peer's chain arrives as presented and judged by nobody here; a bug in a handler is an answer and a
 * log line, never a hanging request or a dead event loop.
 *
 * <p>What an attacker would try: connections that never finish a handshake or a head; many connections from one address;
 * streams opened and reset at once (CVE-2023-44487) or made to be reset by the server (CVE-2025-8671); endless CONTINUATION frames
 * (CVE-2024-27316); Content-Length beside Transfer-Encoding, bare line feeds, folded headers; bodies without end; answers never
 * read.
 */
package dev.muster.http.server;
