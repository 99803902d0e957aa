/**
 * Expressions of the Common Expression Language over claims and users, in the environment that Kubernetes gives them in
 * structured authentication configuration. The only room that sees the CEL library, and that one is loaded with the first
 * expression: a server without any pays nothing.
 *
 * <p>What must stay true: an expression is compiled once, when it is configured; whatever it and the claims hold, judging it ends
 * within a bounded time and a bounded memory ({@link dev.muster.authn.cel.Budget}), with a value and never an exception; what
 * Kubernetes' environment has and this one does not is refused by name when it is configured, never ignored; what an expression is
 * told to be true is never said of one that failed.
 *
 * <p>What an attacker would try: claims so long or so many that every rule takes seconds; a claim used as a regular expression; a
 * name that another spelling hides; a value of another type than the author had in mind; an error that an {@code ||} swallows.
 *
 * @see <a href="https://kubernetes.io/docs/reference/using-api/cel/">CEL in Kubernetes</a>
 */
package dev.muster.authn.cel;
