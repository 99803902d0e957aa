/**
 * Nobody gives what they do not hold: the checks on writing roles, bindings and aggregation rules.
 *
 * <p>What must stay true: only RBAC's own rules count as held; a rule that cannot be read or takes too long to compare is
 * refused; a label-only change of a role with unheld rules is refused too, since there is no shortcut for unchanged rules.
 *
 * <p>What an attacker would try: giving {@code *} while holding every single verb, naming a role that does not exist yet and
 * making it later, an aggregation rule that gathers what others write, rules by the million to exhaust the check.
 */
package dev.muster.authz.escalation;
