/**
 * What is recorded of each request: {@link dev.muster.apiserver.audit.RequestAudit} goes along with it, and makes events of the
 * form {@code audit.k8s.io/v1} at the stages its policy wants. Where nothing is configured, none of this exists.
 *
 * <p>What must stay true: on the request's thread only references are kept, the text is made by whoever writes it; a request has
 * at most one end; the user of an event is the one who really called; no event has a credential in it, whatever level the policy
 * asks for: values of secrets, tokens of reviews and token requests, and whatever looks like a token or a private key anywhere
 * are masked, and an object that cannot be read for masking is left out.
 *
 * <p>What an attacker would try: forge lines or fields through names, paths, user agents and addresses; hide behind an
 * {@code X-Forwarded-For} of his own (it is recorded, in front of the address he really has); have his tokens or others' kept in a
 * log that more people read than may read secrets; misspell a field so that its value is not known for a secret; go away before
 * the answer so that nothing is recorded.
 */
package dev.muster.apiserver.audit;
