/**
 * Last checks of a write that look beyond the object itself.
 *
 * <p>Steps run in order, on a thread that may block, after defaulting and before validation. A step lets pass or throws a
 * {@link dev.muster.api.meta.StatusException}.
 *
 * <p>What must stay true: nothing is made in a namespace that does not exist or is on its way out; the namespaces that everything
 * needs cannot be deleted.
 *
 * <p>What an attacker would try: create in a namespace while it is being removed, so that the object outlives it.
 */
package dev.muster.apiserver.admission;
