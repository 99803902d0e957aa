/**
 * The whole of request authentication, put together.
 *
 * <p>What must stay true: the order is Kubernetes' order and stands in one place; anonymous is outermost; a token is reviewed by
 * the same chain that judges it in a request.
 *
 * <p>What an attacker would try: find a way in where one of the layers is missing.
 */
package dev.muster.authn.request;
