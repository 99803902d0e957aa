/**
 * The ConfigMap {@code extension-apiserver-authentication} of {@code kube-system}: whose certificates are users and whose are front
 * proxies, and in which headers those speak. Aggregated API servers configure themselves by it.
 *
 * <p>What must stay true: it holds at least what this server believes; several servers add up to one object, as in Kubernetes, so
 * that an authority goes from it only when it expires or somebody deletes the object; what cannot be read in it counts for nothing.
 *
 * <p>What an attacker would try: put an authority of their own there, so that aggregated servers believe its proxies; writing it
 * needs rights to ConfigMaps in {@code kube-system}, which are an administrator's.
 */
package dev.muster.apiserver.controllers.clustertrust;
