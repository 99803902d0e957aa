/**
 * Signs {@code kube-public/cluster-info} with every bootstrap token that may sign, so that who knows only a token can trust what
 * it says of the cluster.
 *
 * <p>What must stay true: a token that is gone, over or not for signing leaves no signature; a signature's bytes are those that
 * {@code kubeadm} computes; nothing is written when nothing changed. A token whose secret is not of the full form signs nothing:
 * anybody may read the signature and try secrets on it.
 *
 * <p>What an attacker would try: guess a short secret from its signature; have a stale signature vouch for a changed kubeconfig.
 */
package dev.muster.apiserver.controllers.bootstrapsigner;
