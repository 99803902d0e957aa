/**
 * Configuration as records, made from flags and files once, with every problem found reported at once.
 *
 * <p>What must stay true: nothing unknown is skipped; a mode that is not served here is refused, not ignored; no default opens
 * anything that Kubernetes keeps shut.
 *
 * <p>What an attacker would try: a configuration that reads as strict and acts as lax.
 */
package dev.muster.server.config;
