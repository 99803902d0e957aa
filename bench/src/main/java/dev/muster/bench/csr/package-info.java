/**
 * What signing a certificate request costs, beside the authority's raw signature.
 *
 * <p>What must stay true: both sides sign with the same provider and key, in the same run.
 *
 * <p>What an attacker would try: have himself signed for more often than the authority can bear.
 */
package dev.muster.bench.csr;
