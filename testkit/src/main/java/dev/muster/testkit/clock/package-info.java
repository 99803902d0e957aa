/**
 * Time in tests.
 *
 * <p>What must stay true: time moves only when the test says so.
 *
 * <p>What an attacker would try: nothing, this is never shipped.
 */
package dev.muster.testkit.clock;
