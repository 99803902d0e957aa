/**
 * Objects in the shape the caller wants to see: whole, as a row of a table, or their metadata alone.
 *
 * <p>What must stay true: no shape shows more than the object whole would; the whole object as JSON leaves as the bytes that are
 * ready.
 *
 * <p>What an attacker would try: a shape that skips what another hides.
 */
package dev.muster.apiserver.table;
