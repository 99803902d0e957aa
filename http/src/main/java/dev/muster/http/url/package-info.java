/**
 * URLs as Kubernetes reads them, which is as Go does: what one of the two takes for a host, the other must not take for a path.
 *
 * <p>What must stay true: a URL that Go refuses is refused, in its words; nothing is resolved, looked up or normalised.
 *
 * <p>What an attacker would try: credentials in front of the host, a host that ends elsewhere for another reader, control characters
 * that forge lines of a log.
 */
package dev.muster.http.url;
