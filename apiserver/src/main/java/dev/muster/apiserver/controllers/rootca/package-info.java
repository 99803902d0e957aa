/**
 * The ConfigMap {@code kube-root-ca.crt} of every namespace: by what pods know the API server.
 *
 * <p>What must stay true: it holds the present CA and nothing else; who changes or deletes it finds it mended.
 *
 * <p>What an attacker would try: put a CA of their own there, so that pods trust another server; it is put right at once, and
 * writing it needs rights to ConfigMaps.
 */
package dev.muster.apiserver.controllers.rootca;
