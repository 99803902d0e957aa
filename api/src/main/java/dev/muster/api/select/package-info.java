/**
 * Label and field selectors.
 *
 * <p>What must stay true: a selector that cannot be read is an error, never "everything".
 *
 * <p>What an attacker would try: a selector that one reader takes as narrow (for authorization) and another as wide.
 */
package dev.muster.api.select;
