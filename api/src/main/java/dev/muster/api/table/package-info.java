/**
 * Objects as tables, for people.
 *
 * <p>What must stay true: a table shows no more than the objects it was made from; values of secrets are never columns.
 *
 * <p>What an attacker would try: control characters in names, to forge what a terminal shows.
 */
package dev.muster.api.table;
