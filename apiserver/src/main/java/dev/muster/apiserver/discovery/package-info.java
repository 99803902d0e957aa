/**
 * What is served, told to clients: {@code /api}, {@code /apis} and what is below, plain and aggregated
 * (apidiscovery.k8s.io), built once from the resources.
 *
 * <p>What must stay true: discovery names exactly the verbs that are served, since both follow from the resources' capabilities.
 *
 * <p>What an attacker would try: learn from discovery what is not served to them; it is the same for everybody and tells
 * nothing but types.
 */
package dev.muster.apiserver.discovery;
