/**
 * What asking after revocations costs a request.
 *
 * <p>What must stay true: the comparison is the same chain without revocation, in the same run.
 */
package dev.muster.bench.revocation;
