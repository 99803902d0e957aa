/**
 * The words of auditing: which requests are recorded and how much of them (Kubernetes' {@code audit.k8s.io/v1} Policy), and
 * where what is recorded goes.
 *
 * <p>What must stay true: the first rule that matches decides, and what no rule matches is not recorded; users are those who
 * really called, not those they act as; an event is immutable once it has been handed over; a sink calls back exactly once for
 * each event and never blocks who hands it one.
 *
 * <p>What an attacker would try: be recorded as somebody else, choose names that a rule takes for others, fill what holds events
 * until theirs are dropped without a trace.
 *
 * @see <a href="https://kubernetes.io/docs/tasks/debug/debug-cluster/audit/">Auditing</a>
 */
package dev.muster.core.audit;
