/**
 * What nodes may do ({@code --authorization-mode=Node}): to objects, what the pods on them need; of everything else, what the
 * default role {@code system:node} says.
 *
 * <p>What must stay true: a node reads a secret, a config map or a claim only while a pod that is bound to it refers to that very
 * object; a mirror pod, which the node makes itself, leads nowhere; a decision costs one look-up, however many pods there are;
 * who is no node gets no opinion; the rest of what nodes are held to is NodeRestriction's business (admission sees objects, this
 * does not).
 *
 * <p>What an attacker would try: a node's certificate to read the secrets of other nodes' pods; a list or a watch without a name, or
 * with a selector that looks like its own; a mirror pod or a status that claims references (CVE-2025-4563); the name of a node
 * without its group.
 *
 * @see <a href="https://kubernetes.io/docs/reference/access-authn-authz/node/">Using Node Authorization</a>
 */
package dev.muster.authz.node;
