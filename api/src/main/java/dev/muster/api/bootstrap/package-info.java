/**
 * What a bootstrap token's Secret says: read in one place for who checks it, who signs with it and who cleans up after it.
 *
 * <p>What must stay true: a value that cannot be read makes no token; an expiration that cannot be read is over; a usage is
 * granted by the word {@code true} alone; one bad group spoils all of them. Only the first six characters may be shown.
 *
 * <p>What an attacker would try: a Secret of another type or under another name; a group beyond {@code system:bootstrappers:};
 * an expiration that one reader takes for never.
 */
package dev.muster.api.bootstrap;
