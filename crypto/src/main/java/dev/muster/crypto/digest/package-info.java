/**
 * Digests under keys of this process.
 *
 * <p>What must stay true: keys are random, per object and never stored; inputs are length-prefixed.
 *
 * <p>What an attacker would try: learn a token from a cache, fill one bucket of it, make two inputs look like one.
 */
package dev.muster.crypto.digest;
