/**
 * Files that may change under a running process.
 *
 * <p>What must stay true: the value in force is always one that was read whole and made sense; a changed file is seen within
 * the period of polling; nothing waits for a disk when it asks for the value.
 *
 * <p>What an attacker would try: have a truncated or emptied file take the trust away, or have a removed authority trusted on.
 */
package dev.muster.crypto.reload;
