/**
 * Where state lives: bytes under a key with one global revision, and the cache in front of it.
 *
 * <p>What must stay true: revisions rise strictly and are never reused; an acknowledged write survives {@code kill -9};
 * a write whose fate is not known says so; a watch delivers every change after its revision exactly once and in order, or
 * ends saying that it cannot; values of secrets are sealed before they get here.
 *
 * <p>What an attacker would try: fill the disk, make a key that escapes its prefix, swap two sealed values, roll the file
 * back to before a revocation.
 */
package dev.muster.core.store;
