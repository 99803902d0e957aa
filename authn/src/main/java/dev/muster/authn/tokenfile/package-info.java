/**
 * The static token file.
 *
 * <p>What must stay true: a file is read as Go's CSV reader reads it, or refused at start with line and fault; no token, and
 * nothing that depends on one but its keyed digest, stays in memory; looking up takes the same time for a near miss as for a
 * far one; no message holds a row's content.
 *
 * <p>What an attacker would try: guess a token byte by byte from the time of the answer, bring the file's content into a log by
 * breaking it, have one row read as two.
 */
package dev.muster.authn.tokenfile;
