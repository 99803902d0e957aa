/**
 * What an id token costs, beside the verification of its signature alone, and what strangers' key ids cost everybody else.
 *
 * <p>What must stay true: the raw verification is by the same provider and key, in the same run.
 */
package dev.muster.bench.oidc;
