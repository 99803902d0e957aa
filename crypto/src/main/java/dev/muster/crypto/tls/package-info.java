/**
 * What a server's TLS is made of: the identity it shows, the clients it lets through, whom it hints at.
 *
 * <p>What must stay true: a client certificate is never judged here, and never needed; possession of its key is always proved;
 * what accepts any client accepts no server; a changed certificate or bundle serves the next handshake.
 *
 * <p>What an attacker would try: use the permissive trust manager on an outgoing connection, fall between two versions of a
 * certificate and its key.
 */
package dev.muster.crypto.tls;
