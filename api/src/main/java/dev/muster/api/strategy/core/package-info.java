/**
 * Rules for the kinds of the core group but Pod.
 *
 * <p>What must stay true: messages, reasons and field paths are Kubernetes', plus at most a sentence that names the mend.
 *
 * <p>What an attacker would try: a value of a secret in an error, an object that grows past what the store takes.
 */
package dev.muster.api.strategy.core;
