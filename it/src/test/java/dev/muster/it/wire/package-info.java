/**
 * A whole server over real TLS: what real kubectls sent, odd certificates, bad input, and two who want the same at once.
 */
package dev.muster.it.wire;
