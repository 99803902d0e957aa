/**
 * Objects that are kept in the store, as resources: keys, encoding, and what happens to an object between a caller's words and
 * the disk.
 *
 * <p>Keys are {@code /registry/<group or core>/<plural>/[<namespace>/]<name>}; values are compact JSON with {@code kind} and
 * {@code apiVersion} first and without {@code resourceVersion}, which is the revision of the entry.
 *
 * <p>The order of a write is that of Kubernetes: defaulting, admission, {@link dev.muster.api.strategy.WriteGuard guards},
 * clearing of what the caller may not set, validation, compare-and-swap; then the cache is awaited, so that the next read of
 * anybody sees it.
 *
 * <p>{@link dev.muster.apiserver.stored.ApiResources} makes all of it; {@link dev.muster.apiserver.stored.ObjectAccess} is the
 * way in for the program's own parts.
 *
 * <p>What must stay true: every write is a compare-and-swap on what was looked at; what was validated is what is stored; an
 * object cannot come into being in a namespace that is on its way out.
 *
 * <p>What an attacker would try: a name that leaves its prefix, system metadata in a body, a race between a check and a write.
 */
package dev.muster.apiserver.stored;
