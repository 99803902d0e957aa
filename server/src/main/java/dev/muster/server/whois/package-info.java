/**
 * Whose credential is this? Judged by the very authenticators that the server uses, here, offline.
 *
 * <p>What must stay true: no credential is printed, sent anywhere or executed; what is said is what the server would say.
 *
 * <p>What an attacker would try: a credential that whois calls harmless and the server takes, or control characters in a name that
 * forge the answer.
 */
package dev.muster.server.whois;
