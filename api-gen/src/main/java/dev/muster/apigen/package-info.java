/**
 * Build step: reads Kubernetes' protobuf descriptors and the hand-kept facts beside them, and writes the text that
 * {@code dev.muster.api.kinds} loads at run time.
 *
 * <p>What must stay true: nothing here is on the class path at run time but the text; a fact about a field that does not exist
 * fails the build.
 *
 * <p>What an attacker would try: nothing at run time; at build time, a changed descriptor jar, so its version is fixed.
 */
package dev.muster.apigen;
