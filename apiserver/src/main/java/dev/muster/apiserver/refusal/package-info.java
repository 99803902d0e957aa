/**
 * Refusals as a resource: {@code refusals} in our own group, read-only, from the ring that the pipeline keeps.
 *
 * <p>What must stay true: who reads them is RBAC's matter, as for any resource; what is shown is what the pipeline has scrubbed,
 * and nothing is added to it from elsewhere.
 *
 * <p>What an attacker would try: read others' refusals to learn who exists and what they may not do; write escape sequences into
 * a path for an administrator's terminal.
 */
package dev.muster.apiserver.refusal;
