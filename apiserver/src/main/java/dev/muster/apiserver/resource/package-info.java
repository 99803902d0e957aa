/**
 * Resources as capabilities: what can be done to a resource is which of these interfaces it implements. Verbs, discovery and
 * OpenAPI follow from that.
 *
 * <p>What must stay true: a verb is served exactly when the capability is there; a resource sees decoded, schema-checked
 * objects only.
 *
 * <p>What an attacker would try: a verb that discovery hides and the router serves.
 */
package dev.muster.apiserver.resource;
