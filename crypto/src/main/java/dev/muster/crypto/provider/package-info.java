/**
 * Which implementation does the arithmetic: a fast native provider handed over explicitly, the JDK's where it is missing.
 *
 * <p>What must stay true: both give the same answer (tests hold one against the other); a provider that cannot be loaded never
 * makes a signature good; nothing waits for the native library.
 *
 * <p>What an attacker would try: an encoding or a key that one implementation accepts and the other does not.
 */
package dev.muster.crypto.provider;
