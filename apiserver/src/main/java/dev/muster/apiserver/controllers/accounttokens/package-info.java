/**
 * Tokens in secrets of type {@code kubernetes.io/service-account-token}: filled in, and gone with their account.
 *
 * <p>What must stay true: a secret gets a token for the account that its annotation names, and for no other; a token that is there
 * stays; a secret whose account is gone, or is another one of the same name, is deleted; where secrets are made by themselves, an
 * account gets one and not more, whenever the process dies.
 *
 * <p>What an attacker would try: name another's account in the annotation: they need the right to make secrets in that account's
 * namespace, which in Kubernetes is the right to every account there.
 */
package dev.muster.apiserver.controllers.accounttokens;
