/**
 * Rules for Pod, which is stored and not run.
 *
 * <p>What must stay true: messages, reasons and field paths are Kubernetes', plus at most a sentence that names the mend.
 *
 * <p>What an attacker would try: a spec that is checked when made and not when changed; numbers and names that no runtime would take.
 */
package dev.muster.api.strategy.pod;
