/**
 * The default roles and bindings, and bringing them in at every start.
 *
 * <p>What must stay true: what the defaults grant is what Kubernetes grants; nothing an operator added is taken away; an
 * object whose owner set {@code autoupdate: "false"} stays as it is; who is no super user by flag any more is none by
 * binding either.
 *
 * <p>What an attacker would try: a stored object that looks complete to the comparison and is not, a default that outlives
 * the flag that made it.
 */
package dev.muster.authz.bootstrap;
