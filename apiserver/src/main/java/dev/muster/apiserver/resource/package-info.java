/**
 * Resources as capabilities: what can be done to a resource is which of these interfaces it implements. Verbs, discovery and
 * OpenAPI follow from that: {@code Getter} = get, {@code Lister} = list, {@code Watchable} = watch (and list),
 * {@code Creator} = create, {@code Updater} = update, {@code Patcher} = patch, {@code Deleter} = delete,
 * {@code CollectionDeleter} = deletecollection.
 *
 * <p>What must stay true: a verb is served exactly when the capability is there; a resource sees decoded, schema-checked
 * objects only.
 *
 * <p>What an attacker would try: a verb that discovery hides and the router serves.
 */
package dev.muster.apiserver.resource;
