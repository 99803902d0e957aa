/**
 * X.509: reading PEM and DER, judging a client's chain as Go's {@code crypto/x509} does (which is what Kubernetes trusts), and
 * a small authority that issues.
 *
 * <p>What must stay true: only configured roots are trusted, never the system's; names and groups come from the DER in the
 * order of its bytes; a chain is judged with the clock and the bundle of now; the work that one presented chain can cause is
 * bounded; BouncyCastle is known to {@code Issuing} alone.
 *
 * <p>What an attacker would try: chains that branch into exponential searching, keys whose verification takes seconds, an
 * extension that one reader honours and another skips, a name that two readers read differently, a certificate for serving
 * used as a client's, an intermediate that signs beyond its constraints.
 */
package dev.muster.crypto.x509;
