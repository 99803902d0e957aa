/**
 * {@code muster revoke}: takes a certificate, a token, or everything of a person back, through the API of a running server.
 *
 * <p>What must stay true: a certificate is named by its key and, where its issuer is known, by its number too; the object outlives
 * every certificate that could be made for that key by that issuer; nobody takes back by mistake what the command itself uses.
 *
 * <p>What an attacker would try: a file whose first certificate is not the one people think it is; what was taken back is
 * printed.
 */
package dev.muster.server.revoke;
