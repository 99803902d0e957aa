/**
 * Deletes bootstrap tokens whose time is over.
 *
 * <p>What must stay true: only a Secret of the tokens' type is deleted, only the one that was looked at (by its uid), and only
 * when it names an end that is over or cannot be read; a clock that jumps is noticed within a second.
 *
 * <p>What an attacker would try: have a Secret of another type deleted; keep a token by an end that nobody can read.
 */
package dev.muster.apiserver.controllers.tokencleaner;
