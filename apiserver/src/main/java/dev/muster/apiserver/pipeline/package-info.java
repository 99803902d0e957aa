/**
 * The way of every request from the wire to its handler: one list of filters, read top-down in
 * {@link dev.muster.apiserver.pipeline.Pipeline}.
 *
 * <p>What must stay true: the order (a test pins it): nobody is authorised who was not authenticated, nothing is looked up,
 * decoded or negotiated for somebody who was not authorised; a header that speaks of identity never reaches a handler; only
 * {@code Decision.Allow} goes on; every way out carries the audit id; nothing a stranger sends ends in a 500, and nothing
 * here grows with what strangers send. Work that does not wait stays on the event loop.
 *
 * <p>What an attacker would try: flood before authentication, smuggle {@code Impersonate-*} or {@code X-Remote-*} past a
 * filter, forge log lines through paths and audit ids, learn from a refusal which authenticator or rule said no, hold
 * requests open until nothing is left for others.
 */
package dev.muster.apiserver.pipeline;
