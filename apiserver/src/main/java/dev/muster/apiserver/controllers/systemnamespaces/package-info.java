/**
 * Makes the namespaces that everything expects, and makes them again.
 *
 * <p>What must stay true: {@code default}, {@code kube-system}, {@code kube-public} and {@code kube-node-lease} are there before
 * the first request is answered.
 *
 * <p>What an attacker would try: delete one of them, to have what is kept there go with it.
 */
package dev.muster.apiserver.controllers.systemnamespaces;
