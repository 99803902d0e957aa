/**
 * In which form a body arrives and an answer leaves.
 *
 * <p>How to use it. Everything that answers does so through one {@link dev.muster.apiserver.negotiate.Responder}:
 *
 * <pre>{@code
 * responder.status(exchange, status);                    // an error, in the form the caller reads
 * responder.object(exchange, 200, object);               // one object, whole
 *
 * Accepted accepted = Accept.negotiate(exchange, responder.offers());   // throws StatusException 406
 * switch (accepted.representation()) {
 *     case Representation.Whole _ -> responder.object(exchange, 200, object, accepted);
 *     case Representation.Table table -> responder.tree(exchange, 200, tableOf(object, table.version()), accepted);
 *     case Representation.Metadata meta -> responder.tree(exchange, 200, metadataOf(object, meta.version()), accepted);
 *     case Representation.Other _ -> ...                  // only where the offers allow it: discovery
 * }
 *
 * MediaType type = ContentType.ofBody(exchange.headers());              // throws StatusException 415
 * }</pre>
 *
 * <p>What must stay true: without an Accept header the answer is JSON; an error is answered even to a caller who accepts
 * nothing we can write; a form is offered only if it can be written.
 *
 * <p>What an attacker would try: headers with thousands of clauses (only the first 32 are read), quality values that are no
 * numbers, a content type that two readers take for different ones, HTML in error messages for a browser to sniff.
 */
package dev.muster.apiserver.negotiate;
