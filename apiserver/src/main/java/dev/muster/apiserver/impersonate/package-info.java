/**
 * Acting as another: what the {@code Impersonate-*} headers ask for, and whether the caller may.
 *
 * <p>What must stay true: the real caller is asked for every single part of the wish; one part that is refused refuses all of it; a
 * request that speaks of impersonation in any way is served as the wanted user or not at all, never with the caller's own rights;
 * what a mode of constrained impersonation does not take is left to the next mode, and nothing is remembered of a yes.
 *
 * <p>What an attacker would try: name groups without a user, two users at once, or headers that only some hop understands; hide a
 * header behind {@code Connection}; spell a service account or node so that it is checked as somebody else; write one extra key in
 * several encodings; send thousands of groups.
 *
 * @see <a href="https://kubernetes.io/docs/reference/access-authn-authz/user-impersonation/">User Impersonation</a>
 */
package dev.muster.apiserver.impersonate;
