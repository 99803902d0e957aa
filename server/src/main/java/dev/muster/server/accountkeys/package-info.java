/**
 * The keys that sign tokens of service accounts, when none is given: made here, changed from time to time, and forgotten when no
 * token of theirs can be alive.
 *
 * <p>What must stay true: at every moment, whatever was killed between any two writes, there is a key that signs, and every token
 * that is alive is believed; a key is published before it signs, so that those who keep the key set for an hour know it in time; a
 * private key is gone from the disk once it signs no more; the end of a token is on disk before the token is anybody's.
 *
 * <p>What an attacker would try: have many tokens made, so that every one writes; a key file of their own in the folder, which is
 * why the folder is its owner's alone.
 */
package dev.muster.server.accountkeys;
