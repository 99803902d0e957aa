/**
 * Whether they may: what a request asks for, and the answer.
 *
 * <p>What must stay true: only {@link dev.muster.core.access.Decision.Allow} lets anything through; no opinion at the end
 * of all authorizers is a refusal; an authorizer's error never allows.
 *
 * <p>What an attacker would try: a path that is authorised in one reading and routed in another, an empty verb or name
 * that a rule mistakes for a wildcard.
 */
package dev.muster.core.access;
