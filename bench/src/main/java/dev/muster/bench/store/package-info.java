/**
 * How fast the store and the watch cache are: main classes that print one table each. Short runs; medians of several.
 *
 * <p>What must stay true: nothing here is a test, and no test asserts a speed.
 *
 * <p>What an attacker would try: nothing here runs in production.
 */
package dev.muster.bench.store;
