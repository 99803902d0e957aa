/**
 * What a service account token costs.
 *
 * <p>What must stay true: the raw verification it is compared to uses the same provider, key and bytes.
 */
package dev.muster.bench.serviceaccount;
