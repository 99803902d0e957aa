/**
 * The authenticating proxy: a front proxy that shows a certificate of an authority of its own says in headers who is asking
 * (Kubernetes' "Authenticating Proxy").
 *
 * <p>{@link dev.muster.authn.requestheader.ProxyCertificates} says whether the peer is such a proxy, {@link
 * dev.muster.authn.requestheader.Assertion} reads what it says, {@link
 * dev.muster.authn.requestheader.RequestHeaderAuthenticator} asks one and then the other.
 *
 * <p>What must stay true: no header is looked at before the certificate has been judged, by the proxies' own bundle, at every
 * request; a value is taken whole, never split at commas, trimmed or repaired; two values where only one can be right are refused;
 * an identity is worth as much as the certificate it came with, and ends with it.
 *
 * <p>What an attacker would try: send the headers himself, or with an ordinary client certificate; have a proxy pass a second
 * header line beside its own, or one that only another parser takes for the same name; have the proxy's own line dropped by naming
 * it in {@code Connection}; put bytes into a name that print as somebody else's.
 */
package dev.muster.authn.requestheader;
