/**
 * What all API objects share: metadata, group-version-kind, Status.
 *
 * <p>What must stay true: an {@link dev.muster.api.meta.ApiObject} that has been handed out is never changed; a Status carries
 * nothing that the caller may not know.
 *
 * <p>What an attacker would try: make an error repeat a secret, or tell whether an object exists.
 */
package dev.muster.api.meta;
