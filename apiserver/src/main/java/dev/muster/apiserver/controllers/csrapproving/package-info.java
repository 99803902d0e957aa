/**
 * Approves what needs nobody's judgement: the client certificates of kubelets, where RBAC says so.
 *
 * <p>What must stay true: only requests that fit the kubelet client's profile, and only for requestors with the right to it; who
 * renews a node's certificate as that node has another right than who asks for any node's.
 *
 * <p>What an attacker would try: ask for another node's certificate with his own, or for more than a kubelet needs.
 */
package dev.muster.apiserver.controllers.csrapproving;
