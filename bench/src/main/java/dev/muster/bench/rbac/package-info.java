/**
 * What RBAC costs: decisions for callers in many groups among many bindings, changes, memory.
 *
 * <p>What must stay true: each figure is compared with another of the same run; the populations are those the requirements
 * name, and the odd shapes that would hurt most.
 *
 * <p>What an attacker would try: exactly the odd shapes.
 */
package dev.muster.bench.rbac;
