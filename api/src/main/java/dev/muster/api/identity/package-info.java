/**
 * Our own kinds, in group {@code identity.muster.dev}: described once, in {@code kinds.txt} beside this package, in the same form
 * as Kubernetes' kinds.
 *
 * <p>To add one:
 *
 * <ol>
 *   <li>In {@code kinds.txt}: a {@code kind} line ({@code stored}: kept in the store, every verb; {@code shown}: read from
 *       elsewhere, by a resource of its own; {@code asked}: a review), {@code about}, columns, and its {@code message}; stored and
 *       shown kinds also need {@code ...List}. A column's last part is where its cell comes from: {@code request.verb}. A message
 *       may use Kubernetes' messages; text after {@code #} is what {@code kubectl explain} shows.
 *   <li>If objects need rules: a {@code Strategy} in {@link dev.muster.api.strategy.Strategies}.
 *   <li>If it is not stored: a resource with the capabilities it has, mounted in the server's {@code Api}.
 *   <li>If it has a new version: the version in the server's {@code RuntimeConfig}.
 * </ol>
 *
 * <p>Discovery, OpenAPI, tables, JSON, YAML, protobuf, strict validation, and for stored kinds storage, watches and patches follow.
 *
 * <p>What must stay true: a field's number is never used again for another; nothing is described twice.
 *
 * <p>What an attacker would try: an object of ours that is taken at its word where the caller could write it.
 */
package dev.muster.api.identity;
