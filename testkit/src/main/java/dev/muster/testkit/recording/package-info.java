/**
 * What real kubectls send, recorded once and replayed in every test run, whatever kubectl a machine has.
 *
 * <p>What must stay true: recordings are what the real program sent, byte for byte; a test that finds none fails.
 *
 * <p>What an attacker would try: nothing; this is never on a server.
 */
package dev.muster.testkit.recording;
